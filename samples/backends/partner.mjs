// A merchant's side of the partner API: signs requests, orders and key proofs. docs/partner-api.md
// explains it. Node.js 18 and nothing else.

import {createHash, createPrivateKey, randomUUID, sign} from 'node:crypto';

/// The private key of a 32-byte Ed25519 seed.
export const keyOfSeed = seed => createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
  format: 'der',
  type: 'pkcs8',
});

const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');

/// A compact JWS: of type kiosk-order+jwt for an order, kiosk-key+jwt for a new key.
export function jws({kid, key}, typ, payload) {
  const input = `${part({alg: 'EdDSA', kid, typ})}.${part(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
}

/// The headers and body of a signed request (RFC 9421, RFC 9530).
export function signed(partner, method, path, {body, idempotencyKey = randomUUID()} = {}) {
  const url = new URL(path, partner.base);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {};
  const covered = {
    '@method': method,
    '@authority': url.host,
    '@path': url.pathname,
    '@query': url.search || '?',
  };
  if (text !== undefined) {
    headers['content-type'] = 'application/json';
    const digest = createHash('sha256').update(text).digest('base64');
    covered['content-digest'] = headers['content-digest'] = `sha-256=:${digest}:`;
  }
  if (method === 'POST') covered['idempotency-key'] = headers['idempotency-key'] = idempotencyKey;
  const names = Object.keys(covered).map(name => `"${name}"`).join(' ');
  const input = `(${names});created=${Math.floor(Date.now() / 1000)};nonce="${randomUUID()}"` +
      `;keyid="${partner.merchantId}/${partner.kid}";alg="ed25519";tag="kiosk-partner"`;
  const lines = Object.entries({...covered, '@signature-params': input});
  const base = lines.map(([name, value]) => `"${name}": ${value}`).join('\n');
  const signature = sign(null, Buffer.from(base), partner.key).toString('base64');
  headers['signature-input'] = `sig=${input}`;
  headers.signature = `sig=:${signature}:`;
  return {url, method, headers, body: text};
}

/// Signs and sends; an answer as fetch gives it.
export function call(partner, method, path, options) {
  const {url, ...request} = signed(partner, method, path, options);
  return fetch(url, request);
}
