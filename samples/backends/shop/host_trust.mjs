// What the host signed, checked with the keys that it publishes: who opened the app (launch data),
// that an order was paid (receipt), what happened (event). No secret is shared with the host.

import {createPublicKey, verify} from 'node:crypto';

import {createRemoteJWKSet, jwtVerify} from 'jose';

import {Refusal} from './http.mjs';

const launchSecondsMax = 3600;
const aheadSecondsMax = 30;
const launchBytesMax = 8192;

/// `name=value` pairs of the query string, decoded, each name once; as strict as docs/identity.md.
function pairsOf(raw) {
  if (typeof raw !== 'string' || raw.length > launchBytesMax || raw.includes('+')) return undefined;
  const pairs = new Map();
  for (const piece of raw.split('&')) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, at);
    let value;
    try {
      value = decodeURIComponent(piece.slice(at + 1));
    } catch {
      return undefined;
    }
    if (at < 1 || value === '' || pairs.has(name) || /[\u0000-\u001f\u007f]/.test(value)) {
      return undefined;
    }
    pairs.set(name, value);
  }
  return pairs;
}

/// The checks of one host whose partner API is at `base`.
export class HostTrust {
  #base;
  #keys;

  constructor(base) {
    this.#base = base;
    this.#keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', base));
  }

  /// The pairwise id of the user who opened `appId`, from launch data; throws a Refusal.
  async userOf(appId, raw) {
    const pairs = pairsOf(raw);
    const refused = new Refusal(401, 'the launch data is not the host\'s');
    if (pairs === undefined) throw refused;
    const date = pairs.get('auth_date');
    const age = Date.now() / 1000 - Number(date);
    if (!/^\d{10}$/.test(date ?? '') || age > launchSecondsMax || age < -aheadSecondsMax) {
      throw new Refusal(401, 'the launch data is too old');
    }
    const signature = Buffer.from(pairs.get('signature') ?? '', 'base64url');
    const checked = [...pairs]
                        .filter(([name]) => name !== 'hash' && name !== 'signature')
                        .map(([name, value]) => `${name}=${value}`)
                        .sort()
                        .join('\n');
    const message = Buffer.from(`${appId}:WebAppData\n${checked}`);
    const {keys} = await (await fetch(new URL('/.well-known/jwks.json', this.#base))).json();
    const isTrue = keys.some(
        jwk => verify(null, message, createPublicKey({key: jwk, format: 'jwk'}), signature));
    const {id} = isTrue ? JSON.parse(pairs.get('user')) : {};
    if (typeof id !== 'string') throw refused;
    return id;
  }

  /// What a receipt says: {paymentId, orderId, amountMinor, currency, payer …}.
  async receipt(token) {
    const {payload} = await jwtVerify(token, this.#keys, {typ: 'kiosk-receipt+jwt'});
    return payload;
  }

  /// What a Security Event Token for `merchantId` says: {jti, sub, events …}.
  async event(token, merchantId) {
    try {
      const rules = {audience: merchantId, typ: 'secevent+jwt'};
      return (await jwtVerify(token, this.#keys, rules)).payload;
    } catch {
      throw new Refusal(400, 'the event is not the host\'s');
    }
  }
}
