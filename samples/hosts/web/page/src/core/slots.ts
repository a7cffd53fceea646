// Mini-apps that are open on this page. A slot outlives its session: when the host was restarted
// the app is opened again in the same slot, and one that ended says so where it was.

import {ViewTree} from '../view/tree';
import {ActQueue} from './acts';
import {ApiError, post, remove} from './api';
import {pageId} from './client';
import {effectiveDirection, effectiveLanguage, effectiveScheme, getSettings, onAppearance}
    from './settings';
import {getPage, type Slot, update} from './store';
import {toast, toastFailure} from './toasts';
import {t} from '../texts/texts';
import type {Open, SessionEvent} from './types';

interface Live {
  tree: ViewTree;
  acts: ActQueue;
}

const live = new Map<string, Live>();
let counter = 0;

export const treeOf = (session: string): ViewTree | null => live.get(session)?.tree ?? null;

const path = (session: string, rest = '') => `/api/sessions/${encodeURIComponent(session)}${rest}`;

function changeSlot(key: string, change: Partial<Slot>): void {
  update(now => ({slots: now.slots.map(s => (s.key === key ? {...s, ...change} : s))}));
}

const slotOfSession = (session: string) => getPage().slots.find(slot => slot.id === session);

function begin(session: string): Live {
  const known = live.get(session);
  if (known !== undefined) return known;
  const acts = new ActQueue(session, pageId, toastFailure);
  const tree = new ViewTree({
    session,
    act: (node, event, value) => acts.push(node, event, value),
  });
  const made = {tree, acts};
  live.set(session, made);
  return made;
}

function end(session: string): void {
  const known = live.get(session);
  known?.acts.close();
  known?.tree.destroy();
  live.delete(session);
}

/// Another user, or none: what was drawn of this one is gone. The host keeps the sessions.
export function dropSlots(): void {
  for (const session of [...live.keys()]) end(session);
  early.clear();
  update({slots: [], shown: null});
}

/// Opens a mini-app, or brings the one that is open already to the front.
export async function openApp(app: string, chatId?: string): Promise<void> {
  const same = getPage().slots.find(s => s.app === app && s.chatId === chatId && s.ended === null);
  update({details: null});
  if (same !== undefined && same.failed === null) return show(same.key);
  const key = `slot-${++counter}`;
  const slot: Slot = {
    key,
    id: '',
    app,
    chatId,
    entryPoint: chatId === undefined ? 'gallery' : 'chat',
    open: null,
    chrome: {},
    ended: null,
    failed: null,
  };
  update(now => ({slots: [...now.slots.filter(old => old !== same), slot]}));
  show(key);
  await openSlot(slot);
}

async function openSlot({key, app, chatId, entryPoint}: Slot): Promise<void> {
  changeSlot(key, {id: '', open: null, chrome: {}, ended: null, failed: null});
  try {
    const {session} = await post<{session: Open}>(
        '/api/sessions',
        {
          app,
          entryPoint,
          ...(chatId === undefined ? {} : {chatId}),
          language: effectiveLanguage(),
          page: pageId,
        });
    if (getPage().slots.some(slot => slot.key === key)) adoptInto(key, session);
    else await remove(path(session.id));
  } catch (error) {
    const {code, message} = error as ApiError;
    changeSlot(key, {failed: {code, message}});
  }
}

/// Opens the app of a slot again, after it ended or could not be opened.
export async function reopen(key: string): Promise<void> {
  const slot = getPage().slots.find(item => item.key === key);
  if (slot === undefined) return;
  if (slot.id !== '') {
    const old = slot.id;
    end(old);
    if (slot.ended === null) remove(path(old)).catch(() => {});
  }
  await openSlot(slot);
}

/// One slot shows a session: a state that named it before its own answer came has made another.
function adoptInto(key: string, session: Open): void {
  const isOther = (slot: Slot) => slot.id === session.id && slot.key !== key;
  const twice = getPage().slots.some(isOther);
  if (twice) update(now => ({slots: now.slots.filter(slot => !isOther(slot))}));
  const {tree} = begin(session.id);
  if (session.view) tree.replace(session.view);
  changeSlot(key, {id: session.id, open: session, chrome: session.chrome ?? {}});
  replayEarly(session.id, tree);
  sendEnvironment(session.id);
  const shown = getPage().shown === key;
  if (twice || !shown) setVisible(session.id, shown);
}

/// The sessions that slots of this page show.
export const sessionsHere = (): ReadonlySet<string> =>
    new Set(getPage().slots.map(slot => slot.id).filter(id => id !== ''));

/// Takes over what the host says is open. Slots of sessions that are gone are opened again; only
/// one that was here when the host was asked, as `asked` says, can be gone.
export function adoptSessions(
    sessions: Open[], asked: ReadonlySet<string>, restarted: boolean): void {
  const ids = new Set(sessions.map(session => session.id));
  const gone: Slot[] = [];
  for (const slot of getPage().slots) {
    if (!asked.has(slot.id) || ids.has(slot.id)) continue;
    end(slot.id);
    if (slot.ended === null) gone.push(slot);
  }
  for (const session of sessions) {
    const slot = slotOfSession(session.id);
    if (slot !== undefined) {
      adoptInto(slot.key, session);
      continue;
    }
    const key = `slot-${++counter}`;
    const entryPoint = session.entryPoint === 'chat' ? 'chat' : 'gallery';
    update(now => ({
             slots: [
               ...now.slots,
               {key, id: session.id, app: session.app, entryPoint, open: session, chrome: {},
                ended: null, failed: null},
             ],
           }));
    adoptInto(key, session);
  }
  for (const slot of gone) void openSlot(slot);
  if (gone.length > 0 && restarted) toast(t().link.reopened, 'positive');
}

/// Events may overtake the answer that names their session. They are kept until it is there;
/// applying a patch that the view holds already changes nothing, because ids are never used twice.
const early = new Map<string, SessionEvent[]>();
const earlySessionsMax = 16;
const earlyEventsMax = 256;

/// What the stream says of one session. `acked` counts what this page sent, 0 when it says nothing.
export function takeSessionEvent(session: string, event: SessionEvent, acked: number): void {
  const known = live.get(session);
  if (known !== undefined) return apply(session, known.tree, event, acked);
  if (!early.has(session) && early.size >= earlySessionsMax) return;
  const kept = early.get(session) ?? [];
  if (kept.length < earlyEventsMax) kept.push(event);
  early.set(session, kept);
}

function replayEarly(session: string, tree: ViewTree): void {
  const kept = early.get(session) ?? [];
  early.delete(session);
  for (const event of kept) apply(session, tree, event, 0);
}

function apply(session: string, tree: ViewTree, event: SessionEvent, acked: number): void {
  const slot = slotOfSession(session);
  if (slot === undefined) return;
  switch (event.type) {
    case 'patch': return tree.patch(event.patch, acked);
    case 'view': return tree.replace(event.view, acked);
    case 'chrome': return changeSlot(slot.key, {chrome: event.chrome});
    case 'session': {
      const {view, chrome, ...open} = event.session;
      if (view) tree.replace(view, acked);
      return changeSlot(slot.key, {open, ...(chrome ? {chrome} : {})});
    }
  }
}

export function sessionEnded(session: string, reason: string, detail: string): void {
  const slot = slotOfSession(session);
  end(session);
  update(now => ({prompts: now.prompts.filter(prompt => prompt.session !== session)}));
  if (slot === undefined) return;
  if (reason === 'closed') return drop(slot.key);
  changeSlot(slot.key, {ended: {reason, detail}});
}

/// Draws the app of a slot; the one before it is told that it is hidden.
export function show(key: string | null, full?: boolean): void {
  const {slots, shown} = getPage();
  const before = slots.find(slot => slot.key === shown);
  const after = slots.find(slot => slot.key === key);
  update(now => ({shown: key, full: full ?? now.full}));
  if (before !== undefined && before.key !== key && before.id !== '' && before.ended === null) {
    setVisible(before.id, false);
  }
  if (after === undefined || after.id === '' || after.ended !== null) return;
  setVisible(after.id, true);
}

let told: Promise<void> = Promise.resolve();

/// One word of it after another, so that the last one holds.
function setVisible(session: string, visible: boolean): void {
  told = told.then(() => post<void>(path(session, '/visible'), {visible})).catch(() => {});
}

function drop(key: string): void {
  update(now => ({
           slots: now.slots.filter(slot => slot.key !== key),
           shown: now.shown === key ? null : now.shown,
         }));
}

export async function closeSlot(key: string): Promise<void> {
  const slot = getPage().slots.find(item => item.key === key);
  drop(key);
  if (slot === undefined || slot.id === '') return;
  end(slot.id);
  if (slot.ended === null) await remove(path(slot.id)).catch(() => {});
}

export async function pressButton(session: string, which: 'main' | 'secondary' | 'back') {
  await post(path(session, '/button'), {which}).catch(toastFailure);
}

let size = {width: 0, height: 0};

/// The panel has a new size; the apps are told once it rests.
export function panelSized(width: number, height: number): void {
  if (size.width === width && size.height === height) return;
  size = {width, height};
  for (const session of live.keys()) sendEnvironment(session);
}

function sendEnvironment(session: string): void {
  void post(path(session, '/environment'), {
    scheme: effectiveScheme(),
    ...(size.width > 0 ? size : {width: 420, height: 720}),
    textScale: getSettings().textSize / 100,
    direction: effectiveDirection(),
  }).catch(() => {});
}

onAppearance(() => {
  for (const session of live.keys()) sendEnvironment(session);
});
