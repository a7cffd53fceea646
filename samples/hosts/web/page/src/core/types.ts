// What the server says and takes, as the host's HTTP interface words it.

/// A node of a mini-app's view: an element (`c`) or a text (`x`).
export interface ViewNode {
  id: number;
  c?: string;
  x?: string;
  p?: Record<string, string>;
  e?: string[];
  k?: ViewNode[];
}

/// One change of a view; ids are the host's and are never used twice.
export type PatchRecord =
    | ['+', number, number, ViewNode]
    | ['-', number, number]
    | ['x', number, string]
    | ['p', number, string, string | null]
    | ['e', number, string[]]
    | ['=', ViewNode];

export interface ChromeButton {
  text: string;
  visible: boolean;
  enabled: boolean;
  busy: boolean;
}

/// What a mini-app asked the host to draw around it.
export interface Chrome {
  title?: string;
  main?: ChromeButton;
  secondary?: ChromeButton;
  back?: boolean;
  depth?: number;
  path?: string;
}

export interface Chat {
  id: string;
  title: string;
  lastText: string;
  lastAtMs: number;
  unread: number;
}

export interface Message {
  id: string;
  chatId: string;
  senderId: string;
  senderName: string;
  own: boolean;
  text: string;
  link?: string | null;
  attachment?: unknown;
  viaAppName?: string | null;
  viaApp?: string | null;
  atMs: number;
}

export interface AppPermission {
  name: string;
  title: string;
  reason: string;
  required: boolean;
}

export interface App {
  id: string;
  name: string;
  shortName: string;
  description: string;
  operator: string;
  version: string;
  /// Unpacked, unsigned: for whoever writes it.
  development?: boolean;
  permissions: AppPermission[];
  privacyPoints: number;
  privacyPointsMax?: number;
  size: number;
  icon: boolean;
}

export type SessionState = 'opening' | 'shown' | 'hidden' | 'suspended';

export interface Open {
  id: string;
  app: string;
  appName: string;
  operator: string;
  state: SessionState;
  view?: ViewNode | null;
  chrome?: Chrome | null;
  entryPoint: string;
  openedAtMs: number;
}

export interface Balance {
  currency: string;
  minor: number;
}

export interface Payment {
  id: string;
  payee: string;
  amountMinor: number;
  currency: string;
  state: string;
  atMs: number;
  appName: string;
  receipt?: string | null;
}

/// What is paid regularly; `nextChargeAtMs` is 0 when nothing more is charged.
export interface Subscription {
  id: string;
  payee: string;
  title: string;
  appName: string;
  amountMinor: number;
  currency: string;
  periodUnit: string;
  periodCount: number;
  state: string;
  nextChargeAtMs: number;
}

/// A request of money, as one of its two users sees it.
export interface MoneyRequest {
  id: string;
  direction: 'asked' | 'askedOf';
  otherName: string;
  appName: string;
  amountMinor: number;
  currency: string;
  note: string;
  state: string;
  atMs: number;
}

export interface Wallet {
  balances: Balance[];
  payments: Payment[];
}

export interface Notice {
  id: string;
  kind: string;
  title: string;
  text: string;
  atMs: number;
  link?: {chat?: string; app?: string} | null;
}

export interface Fact {
  label: string;
  value: string;
}

export interface PromptOption {
  id: string;
  label: string;
}

/// A question of the host to the user. The host words it; a mini-app adds `reason` at most.
export interface Prompt {
  id: string;
  session: string;
  kind: 'consent' | 'picker' | 'alert' | 'actionSheet';
  app: string;
  appName: string;
  operator: string;
  permission?: string;
  title?: string;
  reason?: string;
  purpose?: string;
  facts?: Fact[];
  everyTime?: boolean;
  options?: PromptOption[];
  message?: string;
  armAfterMs?: number;
  amount?: {minor: number; currency: string} | null;
}

export interface User {
  id: string;
  name: string;
  language: string;
  mark: string[];
}

export interface DemoUser {
  id: string;
  name: string;
}

export interface State {
  csrf: string;
  boot: string;
  seq: number;
  user: User;
  host: {name: string};
  chats: Chat[];
  apps: App[];
  sessions: Open[];
  prompts: Prompt[];
  wallet: Wallet;
  notices: Notice[];
}

export interface Grant {
  app: string;
  appName: string;
  permission: string;
  title: string;
  grantedAtMs: number;
}

export interface Budget {
  app: string;
  appName: string;
  used: number;
  limit: number;
}

export interface ReceiptLine {
  id: string;
  kind: string;
  app: string;
  appName: string;
  permission: string;
  title?: string;
  atMs: number;
}

export interface Privacy {
  grants: Grant[];
  budgets: Budget[];
  receipts: ReceiptLine[];
}

export interface ActivityEntry {
  atMs: number;
  kind?: string;
  app?: string;
  appName: string;
  method: string;
  outcome: string;
}

export type Tone = 'neutral' | 'accent' | 'positive' | 'warning' | 'negative' | 'muted';

/// What is said of one session.
export type SessionEvent = Extract<ServerEvent, {type: 'session' | 'patch' | 'view' | 'chrome'}>;

/// What the event stream carries.
export type ServerEvent =
    | {type: 'reset'}
    | {type: 'chat'; chat: Chat}
    | {type: 'message'; chatId: string; message: Message}
    | {type: 'session'; session: Open}
    | {type: 'patch'; session: string; patch: PatchRecord[]; acked?: number; ackedPage?: string}
    | {type: 'view'; session: string; view: ViewNode; acked?: number; ackedPage?: string}
    | {type: 'chrome'; session: string; chrome: Chrome}
    | {type: 'toast'; session: string; message: string; tone: Tone}
    | {type: 'prompt'; prompt: Prompt}
    | {type: 'promptGone'; id: string}
    | {type: 'wallet'; wallet: Wallet}
    | {type: 'notice'; notice: Notice}
    | {type: 'apps'; apps: App[]}
    | {type: 'grants'}
    | {type: 'ended'; session: string; reason: string; detail?: string}
    | {type: 'log'; session: string; level: string; text: string};
