// The shop's server, by fetch. It knows the user by the launch data, which the host signed.

import type {Language} from './texts';

export interface Good {
  id: string;
  title: Record<Language, string>;
  amountMinor: number;
}

/// How many of which goods.
export type Cart = Record<string, number>;

export interface Order {
  id: string;
  lines: {title: string; quantity: number; amountMinor: number}[];
  amountMinor: number;
  currency: string;
  state: string;
  receipt: string;      ///< empty until it is paid
  orderToken?: string;  ///< only when it was just made
}

let session = '';

/// What went wrong with the server, with a code as the host's errors have one.
export class ServerError extends Error {
  code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {'content-type': 'application/json'};
  if (session !== '') headers.authorization = `Bearer ${session}`;
  const options = body === undefined ? {method, headers} :
                                       {method, headers, body: JSON.stringify(body)};
  let answer;
  try {
    answer = await fetch(SHOP_ORIGIN + path, options);
  } catch (error) {
    const {cause, message} = error as {cause?: {code?: string}; message: string};
    throw new ServerError(cause?.code ?? 'network_error', message);
  }
  const value = await answer.json();
  if (!answer.ok) throw new ServerError(`shop.${answer.status}`, value.error);
  return value;
}

export async function openSession(): Promise<void> {
  const {launchData} = await kiosk.host.launch();
  session = (await ask<{token: string}>('POST', '/session', {launchData})).token;
}

export const loadGoods = () => ask<{currency: string; goods: Good[]}>('GET', '/goods');
export const loadCart = () => ask<{items: Cart}>('GET', '/cart');
export const keepCart = (items: Cart) => ask<{items: Cart}>('PUT', '/cart', {items});
export const makeOrder = () => ask<Order>('POST', '/orders', {});
export const loadPlan = () => ask<{planToken: string}>('POST', '/plan', {});
export const loadOrders = () => ask<{orders: Order[]}>('GET', '/orders');
export const bringReceipt = (id: string, receipt: string) =>
    ask<Order>('POST', `/orders/${id}/receipt`, {receipt});
export const giveBack = (id: string) => ask<Order>('POST', `/orders/${id}/refund`, {});
