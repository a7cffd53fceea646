// The log-in as a partner's server meets it: npm's openid-client and jose, and a public validator
// of launch data, all unmodified, against the real provider and an app that ran in the real host.

import assert from 'node:assert/strict';
import {generateKeyPairSync, randomUUID, webcrypto} from 'node:crypto';
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {pathToFileURL} from 'node:url';

import {kiosk, root, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';
import {clientOfTheGuide, demoPartner, startTool} from '../support/partner.mjs';

const tools = createRequire(join(root, 'tests/package.json'));
const jose = tools('jose');
const {isValid3rd, validate} = tools('@telegram-apps/init-data-node');

const appId = 'org.example.test';
const data = join(temporaryFolder(), 'data');
const manifest = {
  opt_permissions: [{name: 'identity.basic', reason: 'to greet you', purpose: 'account'}],
};

/// The code block of docs/identity.md, imported as a reader would save it.
async function loginOfTheGuide() {
  const page = readFileSync(join(root, 'docs/identity.md'), 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(page);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules'));
  const installed = join(root, 'tests/node_modules/openid-client');
  symlinkSync(installed, join(folder, 'node_modules/openid-client'));
  writeFileSync(join(folder, 'login.mjs'), code);
  return import(pathToFileURL(join(folder, 'login.mjs')));
}

async function done(args) {
  const result = await kiosk(args);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  return result.stdout.trim();
}

/// What `code` logs, as the app of `user`, as JSON.
async function inApp(code, {grant = 'all', user = 'anna', id = appId} = {}) {
  const app = writeApp(code, {more: {...manifest, app_id: id}});
  const options = ['--user', user, '--grant', grant, '--data', data, '--events'];
  const result = await kiosk(['run', app, ...options]);
  const said = result.events.find(event => event.event === 'log');
  assert.ok(said !== undefined, result.stdout + result.stderr);
  return JSON.parse(said.text);
}

/// What identity.login answers to `params`: {code, expiresAt} or {error}.
const login = (params, options) => inApp(
    `const answer = await kiosk.identity.login(${JSON.stringify(params)})
         .catch(error => ({error: error.code}));
     console.log(JSON.stringify(answer));`,
    options);

const startApi = async (args = []) => {
  const ready = /^partner API on (http:\S+)$/m;
  const {said, child, ended} = await startTool(['serve-api', '--data', data, ...args], ready);
  return {base: said[1], child, ended};
};

let guide, partnerGuide, api, partner, jwk, client;

before(async () => {
  [guide, partnerGuide] = [await loginOfTheGuide(), await clientOfTheGuide()];
  // Any run of the tool makes the store and the demo's merchant.
  const app = writeApp('document.body.textContent = "here";');
  await done(['run', app, '--steps', writeSteps([{expect: 'here'}]), '--data', data]);
  const early = await login(guide.begin().params);
  assert.deepEqual(early, {error: 'unsupported'});
  await done(['clients', 'add', appId, '--merchant', 'post', '--data', data]);
  api = await startApi(['--port', '0']);
  partner = demoPartner(partnerGuide, api.base);
  jwk = {...partner.key.export({format: 'jwk'}), kid: partner.kid, alg: 'EdDSA', use: 'sig'};
  client = await guide.clientOf({issuer: api.base, appId, jwk});
});

after(async () => {
  api?.child.kill('SIGTERM');
  await api?.ended;
});

/// The error of RFC 6749 that an exchange is refused with.
const refusal = exchange => exchange.then(
    () => assert.fail('it was not refused'), error => error.error ?? `${error.name}: ${error}`);

test(
    'openid-client logs a user in: the claims are what the user granted, and userinfo agrees',
    async () => {
      const {params, verifier, nonce} = guide.begin();
      const {code, expiresAt} = await login(params);
      assert.ok(expiresAt > Date.now() && expiresAt <= Date.now() + 300_000);
      const {claims, accessToken} = await guide.finish(client, {code, verifier, nonce});
      assert.equal(claims.iss, api.base);
      assert.equal(claims.aud, appId);
      assert.equal(claims.name, 'Анна Смирнова');
      assert.match(claims.sub, /^[\w-]{43}$/);
      const {id} = await inApp(`const {launchData} = await kiosk.host.launch();
            console.log(new URLSearchParams(launchData).get('user'));`);
      assert.equal(claims.sub, id);
      const info = await client.userinfo(accessToken);
      assert.deepEqual(
          [info.sub, info.name, info.preferred_username],
          [claims.sub, claims.name, claims.preferred_username]);
    });

test(
    'jose verifies the ID token with the published keys, and without profile it names nobody',
    async () => {
      const {params, verifier, nonce} = guide.begin();
      const {code} = await login({...params, scopes: ['openid']});
      const tokens = await client.callback(undefined, {code}, {code_verifier: verifier, nonce});
      const keys = jose.createRemoteJWKSet(new URL(client.issuer.jwks_uri));
      const options = {issuer: api.base, audience: appId, algorithms: ['EdDSA']};
      const {payload} = await jose.jwtVerify(tokens.id_token, keys, options);
      assert.deepEqual(
          Object.keys(payload).sort(), ['aud', 'auth_time', 'exp', 'iat', 'iss', 'nonce', 'sub']);
      assert.deepEqual(await client.userinfo(tokens), {sub: payload.sub});
    });

test('a code is good once, and its second use takes the access token away', async () => {
  const {params, verifier, nonce} = guide.begin();
  const {code} = await login(params);
  const {accessToken} = await guide.finish(client, {code, verifier, nonce});
  await client.userinfo(accessToken);
  assert.equal(await refusal(guide.finish(client, {code, verifier, nonce})), 'invalid_grant');
  assert.equal(await refusal(client.userinfo(accessToken)), 'invalid_token');
});

/// A token request as it is written by hand; {status, body}.
async function post(fields, headers = {}, base = api.base) {
  const answer = await fetch(`${base}/oauth2/token`, {
    method: 'POST',
    headers: {'content-type': 'application/x-www-form-urlencoded', ...headers},
    body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  });
  return {status: answer.status, headers: answer.headers, body: await answer.json()};
}

const assertion = async (claims = {}, header = {}, key = partner.key) => {
  const now = Math.floor(Date.now() / 1000);
  const base = {iss: appId, sub: appId, aud: api.base, iat: now, exp: now + 60, jti: randomUUID()};
  return new jose.SignJWT({...base, ...claims})
      .setProtectedHeader({alg: 'EdDSA', kid: partner.kid, ...header})
      .sign(key);
};
const form = (client_assertion, more = {}) => ({
  grant_type: 'authorization_code',
  code: 'A'.repeat(43),
  code_verifier: 'v'.repeat(43),
  client_assertion,
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  ...more,
});

test('of many exchanges of one code at once one succeeds, over two processes', async () => {
  const second = await startApi(['--port', '0', '--issuer', api.base]);
  const {params, verifier} = guide.begin();
  const {code} = await login(params);
  const ends = await Promise.all(Array.from({length: 8}, async (_, i) => {
    const base = i % 2 === 0 ? api.base : second.base;
    const {body} = await post(form(await assertion(), {code, code_verifier: verifier}), {}, base);
    return body.id_token === undefined ? body.error : 'good';
  }));
  assert.equal(ends.filter(end => end === 'good').length, 1, String(ends));
  assert.ok(ends.every(end => end === 'good' || end === 'invalid_grant'), String(ends));
  second.child.kill('SIGTERM');
  await second.ended;
});

test('another verifier, another nonce, another client and another key are refused', async () => {
  const first = guide.begin(), other = guide.begin();
  const {code} = await login(first.params);
  const wrong = {code, verifier: other.verifier, nonce: first.nonce};
  assert.equal(await refusal(guide.finish(client, wrong)), 'invalid_grant');
  const right = {code, verifier: first.verifier, nonce: first.nonce};
  assert.equal(await refusal(guide.finish(client, right)), 'invalid_grant');

  const second = await login(first.params);
  const otherNonce = {code: second.code, verifier: first.verifier, nonce: other.nonce};
  assert.match(await refusal(guide.finish(client, otherNonce)), /nonce mismatch/);

  await done(['clients', 'add', 'org.example.other', '--merchant', 'post', '--data', data]);
  const stranger = await guide.clientOf({issuer: api.base, appId: 'org.example.other', jwk});
  const third = await login(first.params);
  const theirs = {code: third.code, verifier: first.verifier, nonce: first.nonce};
  assert.equal(await refusal(guide.finish(stranger, theirs)), 'invalid_grant');
  const forged = generateKeyPairSync('ed25519').privateKey.export({format: 'jwk'});
  const thief = await guide.clientOf({
    issuer: api.base,
    appId,
    jwk: {...forged, kid: jwk.kid, alg: 'EdDSA', use: 'sig'},
  });
  assert.equal(await refusal(guide.finish(thief, theirs)), 'invalid_client');
  // What others tried has not spoilt it for its own client.
  assert.ok((await guide.finish(client, theirs)).claims.sub);
});

test(
    'assertions are refused when they are used again, for others, ended, or not signed',
    async () => {
      const sound = await assertion();
      assert.equal((await post(form(sound))).body.error, 'invalid_grant');
      const again = await post(form(sound));
      assert.equal(again.status, 401);
      assert.equal(again.body.error, 'invalid_client');
      const now = Math.floor(Date.now() / 1000);
      const bad = [
        {aud: 'https://other.example'},
        {aud: [api.base, 'https://other.example']},
        {exp: now - 1},
        {exp: now + 3600},
        {iss: 'org.example.other'},
        {jti: undefined},
        {sub: 'org.example.none', iss: 'org.example.none'},
      ];
      for (const claims of bad) {
        const refused = await post(form(await assertion(claims)));
        assert.equal(refused.body.error, 'invalid_client', JSON.stringify(claims));
      }
      const good = await assertion({aud: [`${api.base}/oauth2/token`]}, {typ: 'JWT'});
      assert.equal((await post(form(good))).body.error, 'invalid_grant');
      const [, payload] = (await assertion()).split('.');
      const none = Buffer.from('{"alg":"none","kid":"demo-1"}').toString('base64url');
      assert.equal((await post(form(`${none}.${payload}.`))).body.error, 'invalid_client');
      const order = await assertion({}, {typ: 'kiosk-order+jwt'});
      assert.equal((await post(form(order))).body.error, 'invalid_client');
    });

test('requests of another form are refused as RFC 6749 says', async () => {
  const sound = await assertion();
  assert.equal(
      (await post(form(sound, {grant_type: 'password'}))).body.error, 'unsupported_grant_type');
  const twice = new URLSearchParams(form(sound)).toString() + '&code=b';
  assert.equal((await post(twice)).body.error, 'invalid_request');
  const {code, ...without} = form(sound);
  assert.equal((await post(without)).body.error, 'invalid_request');
  assert.equal(code.length, 43);
  const secret = await post({...form(sound), client_secret: 'x'});
  assert.equal(secret.body.error, 'invalid_client');
  const json = await post('{}', {'content-type': 'application/json'});
  assert.deepEqual([json.status, json.body.error], [415, 'invalid_request']);
  const large = await post(`grant_type=${'x'.repeat(9000)}`);
  assert.deepEqual([large.status, large.body.error], [413, 'invalid_request']);
  for (const authorization of [undefined, 'Bearer short', `Bearer ${'A'.repeat(43)}`]) {
    const headers = authorization === undefined ? {} : {authorization};
    const answer = await fetch(`${api.base}/oauth2/userinfo`, {headers});
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
  }
});

test(
    'no consent, no code; and the host refuses parameters that would weaken the log-in',
    async () => {
      const {params} = guide.begin();
      assert.deepEqual(
          await login(params, {user: 'boris', grant: 'none'}), {error: 'permission_denied'});
      const bad = [
        {...params, scopes: ['profile']},
        {...params, scopes: ['openid', 'email']},
        {...params, codeChallenge: 'short'},
        {...params, nonce: 'short'},
        {scopes: params.scopes, nonce: params.nonce},
      ];
      for (const one of bad) assert.deepEqual(await login(one), {error: 'invalid_params'});
    });

test(
    'after the host\'s key was rotated old and new ID tokens verify, with no restart', async () => {
      const tokensOf = async () => {
        const {params, verifier, nonce} = guide.begin();
        const {code} = await login(params);
        // A client of its own: openid-client looks for new keys once a minute at most.
        const fresh = await guide.clientOf({issuer: api.base, appId, jwk});
        return fresh.callback(undefined, {code}, {code_verifier: verifier, nonce});
      };
      const old = await tokensOf();
      await done(['keys', 'rotate', '--data', data]);
      const published = async () => (await (await fetch(client.issuer.jwks_uri)).json()).keys;
      const before = Date.now();
      while ((await published()).length < 2) {
        assert.ok(Date.now() - before < 30_000, 'the new key is not published');
        await new Promise(resolve => setTimeout(resolve, 500));
      }
      const fresh = await tokensOf();
      const kids = [old, fresh].map(one => jose.decodeProtectedHeader(one.id_token).kid);
      assert.notEqual(kids[0], kids[1]);
      const keys = jose.createLocalJWKSet({keys: await published()});
      for (const {id_token} of [old, fresh])
        await jose.jwtVerify(id_token, keys, {issuer: api.base, audience: appId});
    });

/// Launch data as the app got it, and refreshed.
const launchData = () => inApp(`
    const {launchData} = await kiosk.host.launch();
    await new Promise(resolve => setTimeout(resolve, 1100));
    const fresh = await kiosk.host.refreshLaunchData();
    const again = await kiosk.host.refreshLaunchData().catch(error => error.code);
    console.log(JSON.stringify([launchData, fresh.launchData, again]));`);

/// Runs `check` where the validator's own key, Telegram's, is read as `key`: it takes no other.
async function withKey(key, check) {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  const {subtle} = webcrypto;
  const importKey = (format, _, ...rest) => subtle.importKey(format, key, ...rest);
  const verify = (...args) => subtle.verify(...args);
  Object.defineProperty(
      globalThis, 'crypto', {configurable: true, value: {subtle: {importKey, verify}}});
  try {
    return await check();
  } finally {
    if (own === undefined)
      delete globalThis.crypto;
    else
      Object.defineProperty(globalThis, 'crypto', own);
  }
}

/// Whether the validator takes `raw` by its signature, with one of `keys` (JWKs).
async function signedByOneOf(keys, raw) {
  for (const {x} of keys) {
    const check = () => isValid3rd(raw, appId, {expiresIn: 60});
    if (await withKey(Buffer.from(x, 'base64url'), check)) return true;
  }
  return false;
}

test('a public validator takes launch data, refreshed too, by hash and by signature', async () => {
  const [first, fresh, again] = await launchData();
  assert.equal(again, 'rate_limited');
  const token = await done(['clients', 'bot-token', appId, '--data', data]);
  const {keys} = await (await fetch(client.issuer.jwks_uri)).json();
  for (const raw of [first, fresh]) {
    validate(raw, token, {expiresIn: 60});
    assert.equal(await signedByOneOf(keys, raw), true);
    const forged = raw.replace(/language_code%22%3A%22../, 'language_code%22%3A%22xx');
    assert.notEqual(forged, raw);
    assert.throws(() => validate(forged, token), {name: 'SignatureInvalidError'});
    assert.equal(await signedByOneOf(keys, forged), false);
  }
  const dateOf = raw => Number(new URLSearchParams(raw).get('auth_date'));
  assert.ok(dateOf(fresh) > dateOf(first));
  const idOf = raw => new URLSearchParams(raw).get('query_id');
  assert.notEqual(idOf(fresh), idOf(first));
});

test('the host says whose launch data it is, to the app\'s own partner alone', async () => {
  const [raw] = await launchData();
  const ask = async (body, by = partner) => {
    const answer = await partnerGuide.call(by, 'POST', '/v1/identity/verify', {body});
    return {status: answer.status, ...await answer.json()};
  };
  const user = JSON.parse(new URLSearchParams(raw).get('user'));
  const said = await ask({launchData: raw, appId});
  assert.deepEqual([said.status, said.valid, said.appId, said.sub], [200, true, appId, user.id]);
  assert.equal(said.authDate, Number(new URLSearchParams(raw).get('auth_date')));
  assert.equal(said.queryId, new URLSearchParams(raw).get('query_id'));
  const other = await ask({launchData: raw, appId: 'org.example.other'});
  assert.deepEqual([other.valid, other.reason], [false, 'signature']);
  const forged = await ask({launchData: raw.replace('query_id=', 'query_id=0'), appId});
  assert.deepEqual([forged.valid, forged.reason], [false, 'signature']);
  assert.equal((await ask({launchData: raw})).status, 400);
  assert.equal((await ask({launchData: raw, appId: 'org.example.alien'})).status, 404);

  // Another partner, registered with its key by the operator, sees nothing of this app.
  const {privateKey, publicKey} = generateKeyPairSync('ed25519');
  const file = join(temporaryFolder(), 'alien.pub');
  writeFileSync(file, `KIOSK-ED25519-PUBLIC ${publicKey.export({format: 'jwk'}).x}\n`);
  const registration = ['--merchant', 'alien', '--key', file, '--kid', 'k1', '--name', 'Alien Ltd'];
  await done(['clients', 'add', 'org.example.alien', ...registration, '--data', data]);
  const alien = {base: api.base, merchantId: 'alien', kid: 'k1', key: privateKey};
  assert.equal((await ask({launchData: raw, appId}, alien)).status, 404);
  assert.equal((await ask({launchData: raw}, alien)).reason, 'signature');
});

test('a code and a token end with the consent that they rest on', async () => {
  const one = guide.begin();
  const first = await login(one.params);
  client = await guide.clientOf({issuer: api.base, appId, jwk});
  const {accessToken} = await guide.finish(client, {...one, code: first.code});
  const second = await login(one.params);
  const [revoked] = await inApp(`
      console.log(JSON.stringify([await kiosk.consent.revoke({names: ['identity.basic']})]));`);
  assert.ok(revoked);
  assert.equal(await refusal(client.userinfo(accessToken)), 'invalid_token');
  assert.equal(await refusal(guide.finish(client, {...one, code: second.code})), 'invalid_grant');
});

test('the operator sees the clients, and after a removal nobody logs in', async () => {
  const listed = await done(['clients', 'list', '--data', data]);
  assert.ok(listed.split('\n').includes(`${appId} post`), listed);
  const lines = await done(['clients', 'list', '--json', '--data', data]);
  assert.deepEqual(
      JSON.parse(lines.split('\n')[0]), {appId: 'org.example.alien', merchantId: 'alien'});
  const file = join(temporaryFolder(), 'taken.pub');
  const {x} = generateKeyPairSync('ed25519').publicKey.export({format: 'jwk'});
  writeFileSync(file, `KIOSK-ED25519-PUBLIC ${x}\n`);
  const refused = async (args, words) => {
    const result = await kiosk([...args, '--data', data]);
    assert.notEqual(result.code, 0);
    assert.match(result.stderr, words);
  };
  // Nobody takes a merchant over by a registration.
  const taken = ['--merchant', 'post', '--key', file, '--kid', 'k9', '--name', 'Post'];
  await refused(['clients', 'add', appId, ...taken], /merchant is there already/);
  await refused(['clients', 'add', appId, '--merchant', 'nobody'], /no merchant nobody/);
  await refused(
      ['serve-api', '--port', '0', '--issuer', 'http://id.example.org'], /on this machine/);
  await done(['clients', 'remove', appId, '--data', data]);
  await refused(['clients', 'remove', appId], /no client/);
  assert.deepEqual(await login(guide.begin().params), {error: 'unsupported'});
});
