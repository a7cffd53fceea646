// What this app uses of the global `kiosk`. `kiosk api --typescript` prints all of it.

interface CallOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
  idempotencyKey?: string;
}

interface UserInfo {
  sub: string;
  firstName?: string;
  language: string;
}

interface PaymentOutcome {
  status: 'paid' | 'pending' | 'cancelled' | 'failed' | 'unknown';
  paymentId: string;
  receipt?: Record<string, string | number>;  ///< signed by the host, for the app's server
}

declare const kiosk: {
  readonly language?: string;
  identity: {userinfo(params: {}, options?: CallOptions): Promise<UserInfo>};
  messages: {
    share(params: {text?: string; link?: string}): Promise<{status: 'shared' | 'cancelled'}>;
  };
  payments: {
    request(params: {orderToken: string}, options: CallOptions): Promise<PaymentOutcome>;
  };
  storage: {
    local: {
      get(params: {key: string}): Promise<{found: boolean; value: unknown}>;
      set(params: {key: string; value: unknown}): Promise<{}>;
    };
  };
  support: {
    open(params: {topic: string; reference?: string; context?: string}):
        Promise<{ticketId: string}>;
  };
};
