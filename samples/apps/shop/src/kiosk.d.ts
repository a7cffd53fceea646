// What this app uses of the global `kiosk`. `kiosk api --typescript` prints all of it.

interface PaymentOutcome {
  status: 'paid' | 'pending' | 'cancelled' | 'failed' | 'unknown';
  paymentId: string;
  receipt?: {token: string};  ///< signed by the host, for the app's server
}

declare const kiosk: {
  readonly language?: string;
  supports(method: string): boolean;
  host: {launch(): Promise<{launchData: string}>};
  payments: {
    request(params: {orderToken: string}, options: {idempotencyKey: string}):
        Promise<PaymentOutcome>;
    /// A host may lack it: ask kiosk.supports first.
    subscribe?(params: {planToken: string}, options: {idempotencyKey: string}):
        Promise<{subscriptionId: string; status: string}>;
  };
};

/// Where the shop's server is; the build sets it. Empty: nowhere.
declare const SHOP_ORIGIN: string;
