// A merchant's side of the partner API: the module that docs/partner-api.md names, the processes
// that serve, and the demo's merchant.

import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';

import {kioskProgram, slowness} from './kiosk.mjs';

export const waitMsMax = 20_000 * slowness;

/// The module that the guide names.
export const clientOfTheGuide = () => import('../../samples/backends/partner.mjs');

/// Starts the tool with `args`; resolves to {said, child, ended} when it has said what `ready`
/// matches, with the match as `said`.
export function startTool(args, ready) {
  const child = spawn(kioskProgram, args);
  process.once('exit', () => child.kill('SIGKILL'));
  const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve({code, signal})));
  let text = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${text}`)), waitMsMax);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', bytes => {
        text += bytes;
        const said = ready.exec(text);
        if (said === null) return;
        clearTimeout(timer);
        resolve({said, child, ended});
      });
    }
    ended.then(end => reject(new Error(`ended ${JSON.stringify(end)}: ${text}`)));
  });
}

/// The demo's merchant as a caller of the API at `base`.
export function demoPartner(guide, base) {
  return {
    base,
    merchantId: 'post',
    kid: 'demo-1',
    key: guide.keyOfSeed(Buffer.from('kiosk-demo-merchant-post-seed-01')),
  };
}

/// An order that the partner signed.
export function orderToken(guide, partner, orderId, amountMinor = 1000) {
  return guide.jws(partner, 'kiosk-order+jwt', {
    merchantId: partner.merchantId,
    orderId,
    amountMinor,
    currency: 'RUB',
    items: [{title: 'Customs duty', quantity: 1, amountMinor}],
    exp: 4102444800,
    nonce: randomUUID(),
  });
}

/// A plan that the partner signed: one month of Parcel Plus.
export function planToken(guide, partner) {
  return guide.jws(partner, 'kiosk-plan+jwt', {
    merchantId: partner.merchantId,
    planId: 'PLUS',
    title: 'Parcel Plus',
    amountMinor: 19900,
    currency: 'RUB',
    period: {unit: 'months', count: 1},
    exp: 4102444800,
    nonce: randomUUID(),
  });
}
