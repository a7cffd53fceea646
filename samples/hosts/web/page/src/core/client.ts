// The page's side of the conversation with the host: log in, load the state, follow the stream.

import {ApiError, get, post, setCsrf} from './api';
import {watchRoute} from './router';
import {getSettings, setUserLanguage} from './settings';
import {adoptSessions, dropSlots, sessionEnded, sessionsHere, takeSessionEvent} from './slots';
import {forget, getPage, update} from './store';
import {EventStream} from './stream';
import {toast, toastFrom} from './toasts';
import type {Chat, DemoUser, Message, Notice, Prompt, ServerEvent, State} from './types';

export const pageId = makePageId();
let stream: EventStream | null = null;
let boot = '';

function makePageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

export async function start(): Promise<void> {
  watchRoute();
  await load();
}

/// Takes the state from the host, as a whole. With nobody logged in it shows the log-in.
export async function load(): Promise<void> {
  if (!signedIn()) return showLogin();
  // A session that begins while the answer is on its way is not in it, and not gone.
  const asked = sessionsHere();
  let state: State;
  try {
    state = await get<State>(statePath());
  } catch (error) {
    if ((error as ApiError).status === 401) return showLogin();
    if (getPage().phase === 'ready') return void setTimeout(load, 1000);
    update({phase: 'unreachable'});
    return;
  }
  adopt(state, asked);
}

/// Whether this browser has logged in. The cookie itself is out of the script's sight; to ask the
/// host without one would be answered 401, which browsers report as an error of the page.
const signedInKey = 'kiosk.signedIn';

function signedIn(): boolean {
  try {
    return localStorage.getItem(signedInKey) === 'yes';
  } catch {
    return true;
  }
}

function rememberSignedIn(yes: boolean): void {
  try {
    if (yes) localStorage.setItem(signedInKey, 'yes');
    else localStorage.removeItem(signedInKey);
  } catch {
    // A browser that keeps nothing asks the host each time.
  }
}

/// The host words its questions in the language that was chosen here.
function statePath(): string {
  const {language} = getSettings();
  return language === 'auto' ? '/api/state' : `/api/state?language=${language}`;
}

async function showLogin(): Promise<void> {
  rememberSignedIn(false);
  dropSlots();
  stream?.stop();
  stream = null;
  try {
    const {users} = await get<{users: DemoUser[]}>('/api/login');
    forget();
    update({users});
  } catch {
    update({phase: 'unreachable'});
  }
}

/// `asked` has the sessions that were here when the host was asked for `state`.
function adopt(state: State, asked: ReadonlySet<string>): void {
  const restarted = boot !== '' && boot !== state.boot;
  boot = state.boot;
  setCsrf(state.csrf);
  setUserLanguage(state.user.language);
  update(now => ({
           phase: 'ready',
           user: state.user,
           hostName: state.host.name,
           chats: sortChats(state.chats),
           apps: state.apps,
           prompts: state.prompts,
           wallet: state.wallet,
           notices: sortNotices(state.notices),
           grantsAt: now.grantsAt + 1,
         }));
  adoptSessions(state.sessions, asked, restarted);
  // Conversations that are on the screen are asked for anew: messages may have been missed.
  const open = Object.keys(getPage().conversations);
  for (const chat of open) void loadMessages(chat);
  stream?.stop();
  stream = new EventStream(pageId, state.seq, {
    events: receive,
    live: () => update({link: 'live', wasLost: false}),
    lost: () => update({link: 'lost', wasLost: true}),
    signedOut: () => void showLogin(),
  });
}

export async function logIn(user: string): Promise<void> {
  await post('/api/login', {user});
  rememberSignedIn(true);
  boot = '';
  await load();
}

export async function logOut(): Promise<void> {
  await post('/api/logout');
  location.hash = '';
  setCsrf('');
  await showLogin();
}

const sortChats = (chats: Chat[]) => [...chats].sort((a, b) => b.lastAtMs - a.lastAtMs);
const sortNotices = (notices: Notice[]) => [...notices].sort((a, b) => b.atMs - a.atMs);

const replaced = <T extends {id: string}>(list: T[], item: T): T[] =>
    list.some(old => old.id === item.id) ? list.map(old => (old.id === item.id ? item : old)) :
                                           [...list, item];

function receive(events: ServerEvent[]): void {
  for (const event of events) {
    if (event.type === 'reset') return void load();
    receiveOne(event);
  }
}

function receiveOne(event: Exclude<ServerEvent, {type: 'reset'}>): void {
  switch (event.type) {
    case 'chat': return update(now => ({chats: sortChats(replaced(now.chats, event.chat))}));
    case 'message': return addMessage(event.chatId, event.message);
    case 'session': return takeSessionEvent(event.session.id, event, 0);
    case 'patch':
    case 'view': return takeSessionEvent(event.session, event, ackedHere(event));
    case 'chrome': return takeSessionEvent(event.session, event, 0);
    case 'toast': return toastFrom(event.session, event.message, event.tone);
    case 'prompt': return update(now => ({prompts: replaced(now.prompts, event.prompt)}));
    case 'promptGone': return dropPrompt(event.id);
    case 'wallet': return update({wallet: event.wallet});
    case 'notice':
      toast(event.notice.title || event.notice.text, 'neutral');
      return update(now => ({notices: sortNotices(replaced(now.notices, event.notice))}));
    case 'apps': return update({apps: event.apps});
    case 'grants': return update(now => ({grantsAt: now.grantsAt + 1}));
    case 'ended': return sessionEnded(event.session, event.reason, event.detail ?? '');
    case 'log': return;
  }
}

/// Another page's count says nothing about ours.
const ackedHere = ({acked, ackedPage}: {acked?: number; ackedPage?: string}) =>
    ackedPage === undefined || ackedPage === pageId ? acked ?? 0 : 0;

export function dropPrompt(id: string): void {
  update(now => ({prompts: now.prompts.filter(prompt => prompt.id !== id)}));
}

export const answerPrompt = (prompt: Prompt, answer: object) =>
    post(`/api/prompts/${encodeURIComponent(prompt.id)}`, answer);

export const promptShown = (prompt: Prompt) =>
    post(`/api/prompts/${encodeURIComponent(prompt.id)}/shown`, {});

function addMessage(chatId: string, message: Message): void {
  update(now => {
    const conversation = now.conversations[chatId];
    if (conversation === undefined) return {};
    const list = replaced(conversation.list, message).sort((a, b) => a.atMs - b.atMs);
    return {conversations: {...now.conversations, [chatId]: {...conversation, list}}};
  });
}

const messagesPage = (chat: string) => `/api/chats/${encodeURIComponent(chat)}/messages`;

/// Loads the newest messages of a chat; with `before` the ones before that time.
export async function loadMessages(chat: string, before?: number): Promise<void> {
  const set = (change: object) => update(now => ({
    conversations: {
      ...now.conversations,
      [chat]: {
        ...(now.conversations[chat] ??
            {list: [], state: 'loading', complete: false, sending: []}),
        ...change,
      },
    },
  }));
  if (getPage().conversations[chat] === undefined) set({state: 'loading'});
  try {
    const query = before === undefined ? '' : `?before=${before}`;
    const {messages} = await get<{messages: Message[]}>(messagesPage(chat) + query);
    const known = getPage().conversations[chat]?.list ?? [];
    const merged = new Map([...known, ...messages].map(message => [message.id, message]));
    const list = [...merged.values()].sort((a, b) => a.atMs - b.atMs);
    const older = messages.some(message => known.every(old => old.id !== message.id));
    set({list, state: 'ready', complete: before !== undefined && !older});
    markRead(chat, list);
  } catch {
    if ((getPage().conversations[chat]?.list ?? []).length === 0) set({state: 'failed'});
  }
}

/// The user has seen these: the count goes, here at once and on the host.
export function markRead(chat: string, list: Message[]): void {
  const last = list.at(-1);
  const unread = getPage().chats.find(item => item.id === chat)?.unread ?? 0;
  if (last === undefined || unread === 0) return;
  update(now => ({chats: now.chats.map(c => (c.id === chat ? {...c, unread: 0} : c))}));
  post(`/api/chats/${encodeURIComponent(chat)}/read`, {atMs: last.atMs}).catch(() => {});
}

let sendingKey = 0;

/// Sends a text. Until the host has it, it is drawn as on its way; when that fails it stays, with
/// a way to try again.
export async function sendMessage(chat: string, text: string): Promise<void> {
  const key = `sending-${++sendingKey}`;
  const change = (edit: (list: Sending[]) => Sending[]) => update(now => {
    const conversation = now.conversations[chat];
    if (conversation === undefined) return {};
    const sending = edit(conversation.sending);
    return {conversations: {...now.conversations, [chat]: {...conversation, sending}}};
  });
  change(list => [...list, {key, text, failed: false}]);
  try {
    const sent = await post<{message?: Message} | undefined>(messagesPage(chat), {text});
    if (sent?.message !== undefined) addMessage(chat, sent.message);
    else await loadMessages(chat);
    change(list => list.filter(item => item.key !== key));
  } catch {
    change(list => list.map(item => (item.key === key ? {...item, failed: true} : item)));
  }
}
type Sending = {key: string; text: string; failed: boolean};

export function forgetSending(chat: string, key: string): void {
  update(now => {
    const conversation = now.conversations[chat];
    if (conversation === undefined) return {};
    const sending = conversation.sending.filter(item => item.key !== key);
    return {conversations: {...now.conversations, [chat]: {...conversation, sending}}};
  });
}
