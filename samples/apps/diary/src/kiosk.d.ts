// What this app uses of the global `kiosk` (`kiosk api --typescript` prints all of it), and of the
// host's components that HTML does not have.

interface UserInfo {
  sub: string;
  firstName?: string;
  lastName?: string;
}

declare const kiosk: {
  readonly language?: string;
  identity: {userinfo(params: {}): Promise<UserInfo>};
  messages: {share(params: {text: string}): Promise<{status: 'shared' | 'cancelled'}>};
  storage: {
    local: {
      get(params: {key: string}): Promise<{found: boolean; value: unknown}>;
      set(params: {key: string; value: unknown}): Promise<{}>;
    };
  };
};

interface HostComponent {
  key?: string | number;
  children?: import('react').ReactNode;
  'aria-label'?: string;
  title?: string;
  tone?: 'neutral' | 'accent' | 'positive' | 'warning' | 'negative' | 'muted';
  gap?: 'none' | 'small' | 'normal' | 'large';
  value?: number;
  max?: number;
}

declare namespace React.JSX {
  interface IntrinsicElements {
    card: HostComponent;
    row: HostComponent;
    badge: HostComponent;
    spinner: HostComponent;
  }
}
