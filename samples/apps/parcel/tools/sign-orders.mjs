// Plays the merchant's server: signs the demo's orders, as docs/payments.md describes them.
//
// A real merchant keeps its key on its server and signs an order for one user when it is asked for,
// with a new nonce and an early end. This key is the demo merchant's of the host's seed data:
// everybody has it and it moves play money. The same orders give the same tokens, so that a build
// is repeatable.

import {createHash, createPrivateKey, sign} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const merchantId = 'post';
const keyId = 'demo-1';
const demoSeed = Buffer.from('kiosk-demo-merchant-post-seed-01');
const expiresSeconds = Date.UTC(2100, 0, 1) / 1000;

const orders = [
  {
    orderId: 'customs-RA123456785RU',
    amountMinor: 125_000,
    currency: 'RUB',
    items: [{title: 'Customs fee for RA123456785RU', quantity: 1, amountMinor: 125_000}],
  },
];

// Node.js takes an Ed25519 seed as PKCS #8: this prefix and the 32 bytes.
const privateKey = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), demoSeed]),
  format: 'der',
  type: 'pkcs8',
});

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');

/// The order as a compact JWS (RFC 7515) with EdDSA (RFC 8037).
export function signOrder(order) {
  const header = encode({alg: 'EdDSA', kid: keyId, typ: 'kiosk-order+jwt'});
  const nonce = createHash('sha256').update(order.orderId).digest('base64url').slice(0, 22);
  const payload = encode({merchantId, ...order, exp: expiresSeconds, nonce});
  const signature = sign(null, Buffer.from(`${header}.${payload}`), privateKey);
  return `${header}.${payload}.${signature.toString('base64url')}`;
}

/// Writes what the app needs of each order to `path`: id, amount, currency, token.
export function writeOrders(path) {
  const signed = orders.map(order => ({
    id: order.orderId,
    amountMinor: order.amountMinor,
    currency: order.currency,
    token: signOrder(order),
  }));
  writeFileSync(path, `${JSON.stringify(signed, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeOrders(join(dirname(dirname(process.argv[1])), 'data/orders.json'));
}
