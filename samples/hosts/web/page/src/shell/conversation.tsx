// One chat: messages by day, and a place to write.

import {useEffect, useLayoutEffect, useRef, useState} from 'preact/hooks';

import {forgetSending, loadMessages, sendMessage} from '../core/client';
import {openApp} from '../core/slots';
import {use} from '../core/store';
import {Icon} from '../icons/icon';
import {clock, dayName, isoTime} from '../texts/format';
import {t} from '../texts/texts';
import type {Chat, Message} from '../core/types';
import {AppIcon, Avatar, Empty, IconButton, Ring} from './parts';

const textMax = 4000;

export function ConversationView({chat, back}: {chat: Chat; back: () => void}) {
  const conversation = use(page => page.conversations[chat.id]);
  useEffect(() => void loadMessages(chat.id), [chat.id]);
  return (
    <section class="conversation" aria-labelledby="chat-title">
      <header class="bar">
        <IconButton icon="arrow-left" label={t().common.back} onClick={back}
                    className="only-phone" />
        <Avatar name={chat.title} size="small" />
        <h2 id="chat-title" class="bar-title">{chat.title}</h2>
      </header>
      {conversation === undefined || conversation.state === 'loading' ?
        <div class="log log-waiting"><Ring /></div> :
        conversation.state === 'failed' ?
        <div class="log log-waiting">
          <Empty icon="offline" title={t().chats.failed}>
            <button type="button" class="button" onClick={() => void loadMessages(chat.id)}>
              {t().common.retry}
            </button>
          </Empty>
        </div> :
        <Log chat={chat} />}
      <Composer chat={chat} />
    </section>
  );
}

function Log({chat}: {chat: Chat}) {
  const {list, sending, complete} = use(page => page.conversations[chat.id])!;
  const ref = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const count = list.length + sending.length;
  useLayoutEffect(() => {
    const log = ref.current;
    if (log !== null && atEnd.current) log.scrollTop = log.scrollHeight;
  }, [count]);
  const onScroll = () => {
    const log = ref.current!;
    atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  };
  return (
    <div class="log" ref={ref} onScroll={onScroll} role="log" aria-label={t().chats.log}
         tabIndex={0}>
      <div class="log-column">
        {list.length >= 20 && !complete && (
          <button type="button" class="button button-quiet log-older"
                  onClick={() => void loadMessages(chat.id, list[0]!.atMs)}>
            {t().chats.older}
          </button>
        )}
        {count === 0 && <Empty icon="chat" title={t().chats.empty} />}
        {list.map((message, index) => (
          <MessageRow key={message.id} message={message} before={list[index - 1]}
                      after={list[index + 1]} chat={chat} />
        ))}
        {sending.map(item => (
          <div key={item.key} class="message message-own message-first message-last">
            <div class={`bubble ${item.failed ? 'bubble-failed' : 'bubble-sending'}`}>
              <p class="bubble-text">{item.text}</p>
              <span class="bubble-foot">
                {item.failed ? t().chats.notSent : t().chats.sending}
              </span>
            </div>
            {item.failed && (
              <div class="message-again">
                <button type="button" class="button button-quiet" onClick={() => {
                  forgetSending(chat.id, item.key);
                  void sendMessage(chat.id, item.text);
                }}>{t().common.retry}</button>
                <button type="button" class="button button-quiet"
                        onClick={() => forgetSending(chat.id, item.key)}>
                  {t().chats.discard}
                </button>
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

const gapMs = 5 * 60_000;

function together(a: Message | undefined, b: Message | undefined): boolean {
  return a !== undefined && b !== undefined && a.senderId === b.senderId &&
      Math.abs(a.atMs - b.atMs) < gapMs && dayName(a.atMs) === dayName(b.atMs);
}

interface RowProps {
  message: Message;
  before: Message | undefined;
  after: Message | undefined;
  chat: Chat;
}

function MessageRow({message, before, after, chat}: RowProps) {
  const newDay = before === undefined || dayName(before.atMs) !== dayName(message.atMs);
  const first = !together(before, message);
  const last = !together(message, after);
  const classes = ['message', message.own ? 'message-own' : 'message-other',
                   first ? 'message-first' : '', last ? 'message-last' : ''];
  return (
    <>
      {newDay && <div class="day"><span>{dayName(message.atMs)}</span></div>}
      <div class={classes.join(' ')}>
        {!message.own && <span class="message-side">{last && <Avatar name={message.senderName}
                                                                     size="small" />}</span>}
        <div class="bubble">
          {!message.own && first && <span class="bubble-name">{message.senderName}</span>}
          {message.own && <span class="sr-only">{t().chats.you}: </span>}
          {message.text !== '' && <p class="bubble-text">{message.text}</p>}
          <ViaCard message={message} chat={chat} />
          <time class="bubble-foot" dateTime={isoTime(message.atMs)}>{clock(message.atMs)}</time>
        </div>
      </div>
    </>
  );
}

interface CardFields {
  title?: string;
  description?: string;
}

/// A card of the mini-app that a message came from: it leads back into the app, in this chat.
function ViaCard({message, chat}: {message: Message; chat: Chat}) {
  const apps = use(page => page.apps);
  const name = message.viaAppName ?? '';
  if (name === '') return null;
  const app = apps.find(item => item.id === message.viaApp) ??
      apps.find(item => item.name === name || item.shortName === name);
  const card = (message.attachment ?? {}) as CardFields;
  const inside = (
    <>
      <AppIcon id={app?.id ?? name} name={name} size="small" />
      <span class="via-words">
        {typeof card.title === 'string' && <b>{card.title}</b>}
        {typeof card.description === 'string' && <span>{card.description}</span>}
        <span class="via-name">{t().chats.via(name)}</span>
      </span>
    </>
  );
  if (app === undefined) return <span class="via">{inside}</span>;
  return (
    <button type="button" class="via" onClick={() => void openApp(app.id, chat.id)}>
      {inside}
      <span class="sr-only">{t().chats.openApp(name)}</span>
      <Icon name="chevron-right" />
    </button>
  );
}

function Composer({chat}: {chat: Chat}) {
  const [text, setText] = useState('');
  const [menu, setMenu] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const fit = () => {
    const el = area.current;
    if (el === null) return;
    el.style.setProperty('height', 'auto');
    el.style.setProperty('height', `${Math.min(el.scrollHeight, 160)}px`);
  };
  useLayoutEffect(fit, [text]);
  const send = () => {
    const words = text.trim();
    if (words === '') return;
    setText('');
    void sendMessage(chat.id, words);
    area.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form class="composer" onSubmit={event => (event.preventDefault(), send())}>
      <IconButton icon="apps" label={t().chats.attach} expanded={menu}
                  onClick={() => setMenu(!menu)} />
      {menu && <AppMenu chat={chat} close={() => setMenu(false)} />}
      <textarea ref={area} rows={1} value={text} maxLength={textMax}
                aria-label={t().chats.message} placeholder={t().chats.placeholder}
                onInput={event => setText((event.target as HTMLTextAreaElement).value)}
                onKeyDown={onKey} />
      <button type="submit" class="send" aria-label={t().chats.send} disabled={text.trim() === ''}>
        <Icon name="send" />
      </button>
    </form>
  );
}

function AppMenu({chat, close}: {chat: Chat; close: () => void}) {
  const apps = use(page => page.apps);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const menu = ref.current!;
    menu.querySelector<HTMLElement>('button')?.focus();
    const away = (event: Event) => !menu.contains(event.target as Node) && close();
    // The click that opened it is still on its way.
    const timer = setTimeout(() => document.addEventListener('click', away));
    return () => {
      clearTimeout(timer);
      document.removeEventListener('click', away);
    };
  }, []);
  return (
    <div class="menu composer-menu" ref={ref} role="group" aria-label={t().chats.attach}
         onKeyDown={event => event.key === 'Escape' && close()}>
      {apps.length === 0 && <p class="menu-none">{t().apps.none}</p>}
      {apps.map(app => (
        <button key={app.id} type="button" class="menu-item" onClick={() => {
          close();
          void openApp(app.id, chat.id);
        }}>
          <AppIcon id={app.id} name={app.name} size="small" />
          <span>{app.name}</span>
        </button>
      ))}
    </div>
  );
}
