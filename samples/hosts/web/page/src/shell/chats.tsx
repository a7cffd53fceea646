// The list of chats, and beside it the one that is open.

import {useState} from 'preact/hooks';

import {go, routeTo} from '../core/router';
import {use} from '../core/store';
import {shortTime} from '../texts/format';
import {t} from '../texts/texts';
import type {Chat} from '../core/types';
import {ConversationView} from './conversation';
import {Avatar, Empty, matches, SearchField} from './parts';

export function Chats({id}: {id: string | null}) {
  const chats = use(page => page.chats);
  const [query, setQuery] = useState('');
  const found = chats.filter(chat => matches(chat.title, query));
  const chat = chats.find(item => item.id === id);
  return (
    <div class="chats">
      <section class="chat-list" aria-labelledby="chats-title">
        <header class="list-head">
          <h1 id="chats-title">{t().chats.title}</h1>
          <SearchField label={t().chats.search} value={query} onInput={setQuery} />
        </header>
        <ul class="chat-rows">
          {found.map(item => <ChatRow key={item.id} chat={item} current={item.id === id} />)}
        </ul>
        {found.length === 0 && (
          <Empty icon="chat" title={query === '' ? t().chats.none : t().chats.noneFound} />
        )}
      </section>
      {chat !== undefined ?
        <ConversationView key={chat.id} chat={chat} back={() => go('chats')} /> :
        <div class="conversation conversation-none">
          <Empty icon="chat" title={t().chats.pick} text={t().chats.pickText} />
        </div>}
    </div>
  );
}

function ChatRow({chat, current}: {chat: Chat; current: boolean}) {
  return (
    <li>
      <a class="chat-row" href={routeTo('chats', chat.id)}
         aria-current={current ? 'true' : undefined}>
        <Avatar name={chat.title} />
        <span class="chat-row-words">
          <span class="chat-row-top">
            <span class="chat-row-title">{chat.title}</span>
            <span class="chat-row-time">{shortTime(chat.lastAtMs)}</span>
          </span>
          <span class="chat-row-bottom">
            <span class="chat-row-last">{chat.lastText}</span>
            {chat.unread > 0 && (
              <span class="count">
                {chat.unread}<span class="sr-only"> {t().nav.unread(chat.unread)}</span>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  );
}
