// What a mini-app's fetch does to a real server: an app from a folder, a server on loopback that
// remembers what it was asked, the manifest's dev_domains between them.

import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';

import {kiosk, temporaryFolder, writeApp} from '../support/kiosk.mjs';

/// What came in: {method, url, headers, body}.
const asked = [];
const big = 'x'.repeat(600 * 1024);
let server;
let origin;
let other;

const answers = {
  '/hello': (request, response) => response.end('hello'),
  '/echo': (request, response, body) => {
    response.setHeader('content-type', 'application/json');
    response.setHeader('set-cookie', 'a=b');
    response.end(JSON.stringify({method: request.method, body: body.toString('base64')}));
  },
  '/bytes': (request, response) => response.end(Buffer.from([0, 255, 254, 128])),
  '/big': (request, response) => response.end(big),
  '/missing': (request, response) => response.writeHead(404).end('no'),
  '/slow': () => {},
  '/away': (request, response) => response.writeHead(302, {location: `${other}/hello`}).end(),
  '/inside': (request, response) =>
      response.writeHead(302, {location: 'http://127.0.0.1:1/'}).end(),
  '/near': (request, response) => response.writeHead(303, {location: '/hello'}).end(),
  '/round': (request, response) => response.writeHead(302, {location: '/round'}).end(),
};

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

before(async () => {
  server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    asked.push({method: request.method, url: request.url, headers: request.headers, body});
    answers[new URL(request.url, origin).pathname](request, response, body);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
  other = `http://localhost:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/// Runs an app whose module is `code`, with `origin` as its only address; its log lines.
async function runApp(code, {data, domains = [origin]} = {}) {
  asked.length = 0;
  const app = writeApp(`const origin = '${origin}', other = '${other}';\n${code}\n`, {
    more: {network: {domains: [], dev_domains: domains}},
  });
  const args = ['run', app, '--events', '--render', 'none'];
  const result = await kiosk([...args, ...(data ? ['--data', data] : [])]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  return result.events.filter(({event}) => event === 'log').map(({text}) => text);
}

const saysCode = `
const says = async action => {
  try {
    console.log('ok ' + JSON.stringify(await action()));
  } catch (error) {
    const {code} = error.cause ?? error;
    console.log(typeof code === 'string' ? code : error.name);
  }
};`;

test('an app talks to its server by fetch: text, JSON, bytes, a form, a status', async () => {
  const logs = await runApp(`
    const hello = await fetch(origin + '/hello#part');
    console.log(hello.status, hello.ok, hello.url, await hello.text());
    const post = body => fetch(origin + '/echo?a=1', {method: 'POST', body}).then(r => r.json());
    console.log(JSON.stringify(await post('привет')));
    console.log(JSON.stringify(await post(new Uint8Array([0, 255, 1]))));
    console.log(JSON.stringify(await post(new URLSearchParams({a: 'b c'}))));
    const bytes = await (await fetch(origin + '/bytes')).bytes();
    console.log(bytes.join());
    const missing = await fetch(new Request(origin + '/missing'));
    console.log(missing.status, missing.ok);
    const echo = await fetch(origin + '/echo', {headers: {'X-Mine': 'yes'}});
    console.log(echo.headers.get('content-type'), echo.headers.get('set-cookie'));`);
  assert.deepEqual(logs, [
    `200 true ${origin}/hello hello`,
    `{"method":"POST","body":"${Buffer.from('привет').toString('base64')}"}`,
    '{"method":"POST","body":"AP8B"}',
    `{"method":"POST","body":"${Buffer.from('a=b+c').toString('base64')}"}`,
    '0,255,254,128',
    '404 false',
    'application/json null',
  ]);
  const {headers} = asked.at(-1);
  assert.equal(headers['x-mine'], 'yes');
  assert.equal(headers.origin, 'miniapp://org.example.test');
  assert.equal(headers['user-agent'], 'Kiosk');
  assert.equal(headers.cookie, undefined);
  assert.equal(asked[1].headers['content-type'], 'text/plain;charset=UTF-8');
  assert.equal(asked[0].url, '/hello');
});

test('an origin that is not listed is refused, and its server hears nothing', async () => {
  const logs = await runApp(`${saysCode}
    await says(() => fetch(origin + '/hello'));
    await says(() => kiosk.net.fetch({url: origin + '/hello'}));
    await says(() => fetch('https://example.org/'));
    await says(() => fetch('http://user@127.0.0.1/'));
    await says(() => kiosk.net.fetch({url: origin.replace('//', '//a@') + '/hello'}));
  `, {domains: []});
  assert.deepEqual(logs, [
    'insecure_scheme',
    'insecure_scheme',
    'domain_not_allowed',
    'TypeError',
    'invalid_params',
  ]);
  assert.equal(asked.length, 0);
});

test('redirects are followed to listed origins only, as far as the app wants', async () => {
  const logs = await runApp(`${saysCode}
    const seen = async response => [response.status, response.url, response.redirected];
    await says(async () => seen(await fetch(origin + '/near', {method: 'POST', body: 'x'})));
    await says(async () => seen(await fetch(origin + '/near', {redirect: 'manual'})));
    await says(() => fetch(origin + '/near', {redirect: 'error'}));
    await says(() => fetch(origin + '/away'));
    await says(() => fetch(origin + '/inside'));
    await says(() => fetch(origin + '/round'));`);
  assert.deepEqual(logs, [
    `ok [200,"${origin}/hello",true]`,
    `ok [303,"${origin}/near",false]`,
    'network_error',
    'insecure_scheme',
    'insecure_scheme',
    'network_error',
  ]);
  assert.equal(asked[1].method, 'GET');
  assert.equal(asked.filter(({url}) => url === '/hello').length, 1);
  assert.equal(asked.filter(({url}) => url === '/round').length, 6);
});

test('an app gets an end to what is too long, too slow, given up or not its to say', async () => {
  const logs = await runApp(`${saysCode}
    await says(() => fetch(origin + '/big'));
    await says(() => kiosk.net.fetch({url: origin + '/slow', timeoutMs: 50}));
    await says(() => fetch(origin + '/slow', {signal: AbortSignal.timeout(50)}));
    await says(() => fetch(origin + '/hello', {headers: {Cookie: 'a=b'}}));
    await says(() => kiosk.net.fetch({
      url: origin + '/hello', headers: [{name: 'X-A', value: 'a\\r\\nHost: evil'}],
    }));
    const many = Array.from({length: 11}, () => fetch(origin + '/slow',
        {signal: AbortSignal.timeout(200)}).catch(e => e.cause?.code ?? e.name));
    console.log([...new Set(await Promise.all(many))].sort().join());`);
  assert.deepEqual(logs, [
    'payload_too_large',
    'timeout',
    'TimeoutError',
    'invalid_params',
    'invalid_params',
    'TimeoutError,too_many_connections',
  ]);
  assert.ok(asked.every(({url}) => url !== '/hello'));
});

test('the audit log has the origin and the status, never the path or the body', async () => {
  const data = temporaryFolder();
  await runApp(
      'await fetch(origin + "/echo?secret=1", {method: "POST", body: "secret-body"});', {data});
  const {stdout} = await kiosk(['audit', 'export', '--data', data]);
  assert.match(stdout, new RegExp(`${origin} 200`));
  assert.doesNotMatch(stdout, /secret|echo/);
});
