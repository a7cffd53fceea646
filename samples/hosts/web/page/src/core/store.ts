// The page's state: one object, replaced piece by piece. Components read slices of it with `use`.

import {useEffect, useState} from 'preact/hooks';

import type {App, Chat, Chrome, DemoUser, Message, Notice, Open, Prompt, Tone, User, Wallet}
    from './types';

export type Phase = 'loading' | 'login' | 'ready' | 'unreachable';
export type Link = 'live' | 'lost';

export interface Conversation {
  list: Message[];
  state: 'loading' | 'ready' | 'failed';
  complete: boolean;
  sending: {key: string; text: string; failed: boolean}[];
}

export interface Toast {
  key: number;
  text: string;
  tone: Tone;
  from?: string;
}

/// A mini-app's place on this page. `id` is empty until the host has answered.
export interface Slot {
  key: string;
  id: string;
  app: string;
  chatId?: string;
  entryPoint: 'gallery' | 'chat';
  open: Open | null;
  chrome: Chrome;
  ended: {reason: string; detail: string} | null;
  failed: {code: string; message: string} | null;
}

export interface Page {
  phase: Phase;
  link: Link;
  wasLost: boolean;
  users: DemoUser[];
  user: User | null;
  hostName: string;
  chats: Chat[];
  conversations: Record<string, Conversation>;
  apps: App[];
  slots: Slot[];
  /// The slot that is drawn, by key; null when none is.
  shown: string | null;
  full: boolean;
  prompts: Prompt[];
  wallet: Wallet;
  notices: Notice[];
  noticesSeenMs: number;
  /// Counts up when the grants changed, so that the privacy page asks anew.
  grantsAt: number;
  toasts: Toast[];
  route: string;
  /// The app whose details are shown over everything else.
  details: string | null;
  receipt: string | null;
}

const initial: Page = {
  phase: 'loading',
  link: 'live',
  wasLost: false,
  users: [],
  user: null,
  hostName: 'Kiosk',
  chats: [],
  conversations: {},
  apps: [],
  slots: [],
  shown: null,
  full: false,
  prompts: [],
  wallet: {balances: [], payments: []},
  notices: [],
  noticesSeenMs: 0,
  grantsAt: 0,
  toasts: [],
  route: '',
  details: null,
  receipt: null,
};

let page: Page = initial;
const listeners = new Set<() => void>();

export const getPage = (): Page => page;

export function update(change: Partial<Page> | ((now: Page) => Partial<Page>)): void {
  page = {...page, ...(typeof change === 'function' ? change(page) : change)};
  for (const listener of [...listeners]) listener();
}

/// Everything of a user, gone; what belongs to this browser stays.
export function forget(): void {
  update({...initial, phase: 'login', route: ''});
}

/// The slice of the state that `select` picks; the component is drawn again when it changed.
export function use<T>(select: (now: Page) => T): T {
  const value = select(page);
  const [, setTick] = useState(0);
  const [box] = useState(() => ({value, select}));
  box.value = value;
  box.select = select;
  useEffect(() => {
    const check = () => {
      if (!Object.is(box.select(page), box.value)) setTick(tick => tick + 1);
    };
    listeners.add(check);
    check();
    return () => void listeners.delete(check);
  }, [box]);
  return value;
}
