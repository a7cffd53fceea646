// The web host as a page meets it: the real program over HTTP and its event stream. What a browser
// adds (drawing, policies) is tried in tests/browser.

import assert from 'node:assert/strict';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {root, writeApp} from '../support/kiosk.mjs';
import {clientOfTheGuide, demoPartner, planToken} from '../support/partner.mjs';
import {nodeOf, rawStatus, startWebHost, textOf, visit, Visitor} from '../support/web_host.mjs';

const hello = join(root, 'samples/apps/hello');
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/// An app that asks for the user's name, shows what came of it, and keeps something.
const asker = writeApp(
    `
const out = document.createElement('p');
const add = (label, act) => {
  const button = document.createElement('button');
  button.textContent = label;
  button.addEventListener('click', async () => {
    try { out.textContent = label + ': ' + JSON.stringify(await act()); }
    catch (error) { out.textContent = label + ': ' + error.code; }
  });
  document.body.append(button);
};
add('Name', () => kiosk.identity.userinfo());
add('Share', () => kiosk.messages.share({text: 'From the app'}));
add('Keep', () => kiosk.storage.local.set({key: 'a', value: 1}));
add('Kept', () => kiosk.storage.local.keys({}));
document.body.append(out);
kiosk.on('themeChanged', ({detail}) => { out.textContent = 'Theme: ' + JSON.stringify(detail); });
`,
    {
      more: {
        app_id: 'org.example.asker',
        name: 'Asker',
        req_permissions: [
          {name: 'identity.basic', reason: 'To greet you', purpose: 'greeting'},
        ],
      },
    });

/// An app that asks the host for a frame around it, and for questions in its own words.
const framed = writeApp(
    `
const out = document.createElement('p');
document.body.append(out);
const tell = text => { out.textContent = text; };
kiosk.on('mainButton', async () => {
  const {button} = await kiosk.ui.alert({message: 'Sure?', buttons: [{id: 'yes', label: 'Yes'}]});
  const items = [{id: 'a', label: 'A'}, {id: 'b', label: 'B'}];
  const {item} = await kiosk.ui.actionSheet({items});
  const {scheme} = await kiosk.ui.theme();
  await kiosk.ui.toast({message: 'Noted'});
  tell([button, item, scheme].join(' '));
});
kiosk.on('navigated', ({detail}) => tell('at ' + detail.path));
await kiosk.ui.setTitle({title: 'Order'});
await kiosk.ui.setMainButton({text: 'Buy', visible: true});
await kiosk.ui.navigateTo({path: '/two'});
`,
    {more: {app_id: 'org.example.framed', name: 'Framed'}});

/// An app with files whose names lie.
const liar = writeApp('document.body.append("files")', {
  more: {app_id: 'org.example.files', name: 'Files'},
  files: {'b.png': '<svg xmlns="http://www.w3.org/2000/svg"/>'},
});
mkdirSync(join(liar, 'deep'));
writeFileSync(join(liar, 'a.txt'), png);
writeFileSync(join(liar, 'deep/font.woff2'), 'wOF2 and more');

/// An app that subscribes to one plan of the demo's merchant.
async function makeSubscriber() {
  const guide = await clientOfTheGuide();
  const token = planToken(guide, demoPartner(guide, ''));
  return writeApp(
      `
const button = document.createElement('button');
const out = document.createElement('p');
button.textContent = 'Subscribe';
button.addEventListener('click', async () => {
  try {
    const plan = {planToken: ${JSON.stringify(token)}};
    out.textContent = (await kiosk.payments.subscribe(plan, {idempotencyKey: 'one'})).status;
  } catch (error) {
    out.textContent = error.code;
  }
});
document.body.append(button, out);
`,
      {
        more: {
          app_id: 'org.example.subscriber',
          name: 'Subscriber',
          opt_permissions: [{name: 'payments.recurring', reason: 'To pay', purpose: 'Parcels'}],
          payments:
              {merchant_id: 'post', methods: ['wallet'], currencies: ['RUB'], recurring: true},
        },
      });
}

let host;
before(async () => {
  host = await startWebHost({args: ['--apps', hello, asker, framed, liar, await makeSubscriber()]});
});
after(() => host?.stop());

async function openApp({visitor, events}, app) {
  const {status, session} =
      await visitor.post('/api/sessions', {app, entryPoint: 'gallery', page: 'p1'});
  assert.equal(status, 200, JSON.stringify(session));
  const drawn = await events.until(
      event => (event.session?.id ?? event.session) === session.id && event.view?.k !== undefined);
  return {id: session.id, view: drawn.view};
}

test('a user logs in, opens a mini-app, touches it and sees what changed', async () => {
  const page = await visit(host.base, 'anna');
  assert.equal(page.state.user.name, 'Анна Смирнова');
  assert.equal(page.state.user.mark.length, 3);
  assert.ok(page.state.apps.some(app => app.id === 'org.example.hello'));
  const app = await openApp(page, 'org.example.hello');
  assert.match(textOf(app.view), /Hello from a mini-app/);
  const button = nodeOf(app.view, 'button', 'Tap me');
  const seen = page.events.events.length;
  const acted = await page.visitor.post(
      `/api/sessions/${app.id}/act`, {node: button.id, event: 'click', n: 7});
  assert.equal(acted.status, 204);
  const changed = await page.events.until(event => event.acked === 7, seen);
  assert.match(textOf(changed.view), /Tapped once/);
  assert.equal((await page.visitor.call('DELETE', `/api/sessions/${app.id}`)).status, 204);
  assert.equal((await page.events.until('ended')).reason, 'closed');
  await page.events.close();
});

/// Touches the button of that label, and waits for a drawing in which `wanted` is to be read.
async function touch(page, app, label, wanted) {
  const seen = page.events.events.length;
  const node = nodeOf(app.view, 'button', label).id;
  const {status} = await page.visitor.post(`/api/sessions/${app.id}/act`, {node, event: 'click'});
  assert.equal(status, 204);
  if (wanted === undefined) return;
  await page.events.until(
      event =>
          event.type === 'patch' && event.session === app.id && wanted.test(textOf(event.view)),
      seen);
}

test('a consent is its user\'s to give, once, half a second after it was seen', async () => {
  const anna = await visit(host.base, 'anna', 'consent');
  const boris = await visit(host.base, 'boris', 'consent');
  const app = await openApp(anna, 'org.example.asker');
  await touch(anna, app, 'Name');
  const {prompt} = await anna.events.until('prompt');
  assert.equal(prompt.kind, 'consent');
  assert.equal(prompt.appName, 'Asker');
  assert.equal(prompt.reason, 'To greet you');
  assert.equal(prompt.armAfterMs, 500);
  const path = `/api/prompts/${prompt.id}`;
  const grant = visitor => visitor.post(path, {answer: 'granted'});
  // A page that is loaded now shows it again.
  assert.deepEqual((await anna.visitor.state()).prompts, [prompt]);
  assert.deepEqual((await boris.visitor.state()).prompts, []);
  assert.equal((await grant(anna.visitor)).error.code, 'too_early');
  await boris.visitor.post(`${path}/shown`);  // arms nothing of hers
  assert.equal((await anna.visitor.post(`${path}/shown`)).status, 204);
  assert.equal((await grant(anna.visitor)).error.code, 'too_early');
  await pause(600);
  assert.equal((await grant(boris.visitor)).status, 404);
  assert.equal((await anna.visitor.post(path, {answer: 'yes'})).status, 400);
  const seen = anna.events.events.length;
  assert.equal((await grant(anna.visitor)).status, 204);
  assert.equal((await grant(anna.visitor)).status, 404);
  await anna.events.until(event => event.type === 'promptGone' && event.id === prompt.id, seen);
  await anna.events.until(event => event.view && /Name: .*Анна/.test(textOf(event.view)), seen);
  assert.ok(!boris.events.events.some(event => event.type === 'prompt'));
  // What was granted is listed, and can be taken back once.
  const {grants, budgets, receipts} = await anna.visitor.get('/api/privacy');
  assert.equal(grants[0].permission, 'identity.basic');
  assert.deepEqual(budgets.map(({app: id, used}) => [id, used]), [['org.example.asker', 2]]);
  const receipt = await anna.visitor.fetch(`/api/receipts/${receipts[0].id}`);
  assert.match(await receipt.text(), /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  assert.equal((await boris.visitor.get(`/api/receipts/${receipts[0].id}`)).status, 404);
  const grantPath = '/api/grants/org.example.asker/identity.basic';
  assert.equal((await anna.visitor.call('DELETE', grantPath)).status, 204);
  assert.equal((await anna.visitor.call('DELETE', grantPath)).status, 404);
  // The log is written in groups: a call is read a moment after it was answered.
  const wasCalled = async () =>
      (await anna.visitor.get('/api/activity'))
          .entries.some(entry => entry.method === 'identity.userinfo' && entry.outcome === 'ok');
  for (let tries = 0; !(await wasCalled()); ++tries) {
    assert.ok(tries < 50, 'the activity does not show the call');
    await pause(100);
  }
  assert.deepEqual((await boris.visitor.get('/api/activity')).entries, []);
  await anna.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await Promise.all([anna.events.close(), boris.events.close()]);
});

test('a question goes when its mini-app goes, and may be refused at once', async () => {
  const page = await visit(host.base, 'vera', 'refuse');
  const app = await openApp(page, 'org.example.asker');
  await touch(page, app, 'Name');
  const {prompt} = await page.events.until('prompt');
  const refused = await page.visitor.post(`/api/prompts/${prompt.id}`, {answer: 'refused'});
  assert.equal(refused.status, 204);
  await page.events.until(event => event.view && /user_refused/.test(textOf(event.view)));
  const seen = page.events.events.length;
  await touch(page, app, 'Share');
  const picker = (await page.events.until('prompt', seen)).prompt;
  assert.equal(picker.kind, 'picker');
  await page.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await page.events.until(event => event.type === 'promptGone' && event.id === picker.id);
  assert.deepEqual((await page.visitor.state()).prompts, []);
  await page.events.close();
});

test('what an app shares and what a user writes reaches the chat of everybody in it', async () => {
  const anna = await visit(host.base, 'anna', 'chat');
  const boris = await visit(host.base, 'boris', 'chat');
  const family = anna.state.chats.find(chat => chat.title === 'Family').id;
  const app = await openApp(anna, 'org.example.asker');
  await touch(anna, app, 'Share');
  const {prompt} = await anna.events.until('prompt');
  const path = `/api/prompts/${prompt.id}`;
  assert.equal((await anna.visitor.post(path, {choice: 'nowhere'})).status, 400);
  assert.equal((await anna.visitor.post(path, {choice: family})).status, 204);
  const {message} = await boris.events.until('message');
  const {text, own, viaAppName} = message;
  assert.deepEqual([text, own, viaAppName], ['From the app', false, 'Asker']);
  assert.equal((await boris.events.until('chat')).chat.unread, 1);
  assert.equal((await boris.events.until('notice')).notice.link.chat, family);
  const read = await boris.visitor.post(`/api/chats/${family}/read`, {atMs: message.atMs});
  assert.equal(read.status, 204);
  await boris.events.until(event => event.type === 'chat' && event.chat.unread === 0);
  const written = await boris.visitor.post(`/api/chats/${family}/messages`, {text: 'Спасибо'});
  assert.equal(written.message.own, true);
  await anna.events.until(event => event.type === 'message' && event.message.text === 'Спасибо');
  const {messages} = await anna.visitor.get(`/api/chats/${family}/messages`);
  assert.deepEqual(messages.map(one => one.text), ['From the app', 'Спасибо']);
  const work = anna.state.chats.find(chat => chat.title === 'Work').id;
  const vera = new Visitor(host.base);
  await vera.logIn('vera');
  assert.equal((await vera.get(`/api/chats/${work}/messages`)).status, 404);
  assert.equal((await vera.post(`/api/chats/${work}/messages`, {text: 'x'})).status, 404);
  await anna.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await Promise.all([anna.events.close(), boris.events.close()]);
});

test('a mini-app hears what the page draws it in, once for each change', async () => {
  const page = await visit(host.base, 'vera', 'theme');
  const app = await openApp(page, 'org.example.asker');
  const path = `/api/sessions/${app.id}/environment`;
  const dark = {scheme: 'dark', width: 390, height: 700, textScale: 1.25, direction: 'ltr'};
  assert.equal((await page.visitor.post(path, dark)).status, 204);
  const isDark = event => /Theme: .*"dark"/.test(textOf(event.view ?? {}));
  await page.events.until(isDark);
  const wrongs = [{scheme: 'pink'}, {width: 0}, {height: 1e6}, {textScale: 9}, {direction: 1}];
  for (const wrong of wrongs) {
    assert.equal((await page.visitor.post(path, {...dark, ...wrong})).status, 400);
  }
  assert.equal((await page.visitor.post(path, dark)).status, 204);
  await touch(page, app, 'Kept', /Kept: /);
  assert.equal(page.events.events.filter(isDark).length, 1);
  await page.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await page.events.close();
});

test(
    'a mini-app has its frame: title, buttons, way back, and questions in its own words',
    async () => {
      const {visitor, state, events} = await visit(host.base, 'boris');
      const {session} = await visitor.post(
          '/api/sessions', {app: 'org.example.framed', entryPoint: 'gallery', page: 'p1'});
      assert.ok(state.sessions.every(({id}) => id !== session.id));
      const deep = await events.until(
          event =>
              event.type === 'chrome' && event.chrome.main.visible && event.chrome.depth === 2);
      assert.equal(deep.chrome.title, 'Order');
      assert.equal(deep.chrome.main.text, 'Buy');
      assert.equal(deep.chrome.back, true);
      const press = which => visitor.post(`/api/sessions/${session.id}/button`, {which});
      assert.equal((await press('secondary')).status, 404);
      assert.equal((await press('back')).status, 204);
      await events.until(event => event.type === 'chrome' && event.chrome.depth === 1);
      await visitor.post(
          `/api/sessions/${session.id}/environment`,
          {scheme: 'dark', width: 400, height: 700, textScale: 1, direction: 'ltr'});
      assert.equal((await press('main')).status, 204);
      const alert = await events.until(({prompt}) => prompt?.kind === 'alert');
      assert.equal(alert.prompt.message, 'Sure?');
      assert.equal(alert.prompt.options[0].label, 'Yes');
      const wrong = await visitor.post(`/api/prompts/${alert.prompt.id}`, {button: 'no'});
      assert.equal(wrong.status, 400);
      await visitor.post(`/api/prompts/${alert.prompt.id}`, {button: 'yes'});
      const list = await events.until(({prompt}) => prompt?.kind === 'actionSheet');
      await visitor.post(`/api/prompts/${list.prompt.id}`, {item: 'b'});
      const toast = await events.until('toast');
      assert.equal(toast.message, 'Noted');
      await events.until(event => event.view && /yes b dark/.test(textOf(event.view)));
      await visitor.call('DELETE', `/api/sessions/${session.id}`);
    });

test('a user erases what one app keeps', async () => {
  const page = await visit(host.base, 'anna', 'erase');
  const app = await openApp(page, 'org.example.asker');
  await touch(page, app, 'Keep', /Keep: /);
  await touch(page, app, 'Kept', /Kept: .*"a"/);
  assert.deepEqual((await page.visitor.get('/api/export/org.example.asker')).local, {a: 1});
  const {erased} = await page.visitor.post('/api/erase', {app: 'org.example.asker'});
  assert.equal(erased.local, 1);
  await touch(page, app, 'Kept', /Kept: (?!.*"a")/);
  await page.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await page.events.close();
});

test('a user ends a subscription in the wallet, without a question; nobody else can', async () => {
  const page = await visit(host.base, 'anna', 'subscribe');
  const app = await openApp(page, 'org.example.subscriber');
  await touch(page, app, 'Subscribe');
  const {prompt} = await page.events.until('prompt');
  assert.match(JSON.stringify(prompt), /199[.,]00/);
  await page.visitor.post(`/api/prompts/${prompt.id}/shown`);
  await pause(600);
  await page.visitor.post(`/api/prompts/${prompt.id}`, {answer: 'granted'});
  await page.events.until(event => event.view && /active/.test(textOf(event.view)));
  const list = async visitor => (await visitor.get('/api/subscriptions')).subscriptions;
  const [one] = await list(page.visitor);
  assert.equal(one.title, 'Parcel Plus');
  assert.equal(one.state, 'active');
  assert.ok(one.nextChargeAtMs > Date.now());
  const boris = new Visitor(host.base);
  await boris.logIn('boris');
  assert.deepEqual(await list(boris), []);
  const path = `/api/subscriptions/${one.id}`;
  assert.equal((await boris.call('DELETE', path)).status, 404);
  assert.equal((await list(page.visitor))[0].state, 'active');
  assert.equal((await page.visitor.call('DELETE', path)).status, 204);
  const [ended] = await list(page.visitor);
  assert.deepEqual([ended.state, ended.nextChargeAtMs], ['cancelled', 0]);
  await page.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await page.events.close();
});

test('another user neither sees, touches nor ends a session, nor gets its files', async () => {
  const anna = await visit(host.base, 'anna', 'own');
  const app = await openApp(anna, 'org.example.hello');
  const boris = new Visitor(host.base);
  assert.deepEqual((await boris.logIn('boris')).sessions, []);
  const path = `/api/sessions/${app.id}`;
  const node = nodeOf(app.view, 'button', 'Tap me').id;
  assert.equal((await boris.post(`${path}/act`, {node, event: 'click'})).status, 404);
  assert.equal((await boris.post(`${path}/visible`, {visible: false})).status, 404);
  assert.equal((await boris.call('DELETE', path)).status, 404);
  assert.equal((await boris.get(`/assets/${app.id}/icon.svg`)).status, 404);
  assert.ok((await anna.visitor.state()).sessions.some(session => session.id === app.id));
  assert.equal((await anna.visitor.post(`${path}/visible`, {visible: false})).status, 204);
  await anna.events.until(event => event.type === 'session' && event.session.state === 'hidden');
  await anna.visitor.call('DELETE', path);
  await anna.events.close();
});

test('requests of other sites, without a token or under another name are refused', async () => {
  const {visitor, events} = await visit(host.base, 'anna', 'guard');
  await events.close();
  const own = {
    'host': new URL(host.base).host,
    'origin': host.base,
    'cookie': visitor.cookie,
    'content-type': 'application/json',
    'x-kiosk-csrf': visitor.csrf,
  };
  const without = name => Object.fromEntries(Object.entries(own).filter(([key]) => key !== name));
  const status = (headers, {method = 'POST', path = '/api/erase', body = '{"app":"x"}'} = {}) =>
      rawStatus(host.base, path, {
        method,
        headers: {...headers, ...(body !== '' && {'content-length': Buffer.byteLength(body)})},
        body,
      });
  const get = {method: 'GET', path: '/api/state', body: ''};
  assert.equal(await status(own), 200);
  assert.equal(await status(own, get), 200);
  const {port} = new URL(host.base);
  for (const other of ['evil.example', '127.0.0.1', '127.0.0.1:1', `evil.example:${port}`]) {
    assert.equal(await status({...own, host: other}), 421, other);
    assert.equal(await status({...own, host: other}, get), 421, other);
    assert.equal(await status({...own, host: other}, {...get, path: '/'}), 421, other);
  }
  for (const origin of ['https://evil.example', 'null', `${host.base}.evil.example`]) {
    assert.equal(await status({...own, origin}), 403, origin);
    assert.equal(await status({...own, origin}, get), 403, origin);
    const login = {path: '/api/login', body: '{"user":"anna"}'};
    assert.equal(await status({...own, origin}, login), 403);
  }
  assert.equal(await status(without('origin')), 403);
  assert.equal(await status({...own, 'sec-fetch-site': 'cross-site'}, get), 403);
  assert.equal(await status({...own, 'sec-fetch-site': 'same-site'}, get), 403);
  assert.equal(await status({...own, 'sec-fetch-site': 'same-origin'}, get), 200);
  assert.equal(await status(without('x-kiosk-csrf')), 403);
  assert.equal(await status({...own, 'x-kiosk-csrf': '0'.repeat(64)}), 403);
  const boris = new Visitor(host.base);
  await boris.logIn('boris');
  assert.equal(await status({...own, 'x-kiosk-csrf': boris.csrf}), 403);
  assert.equal(await status({...own, 'content-type': 'text/plain'}), 415);
  assert.equal(await status(without('cookie')), 401);
  assert.equal(await status(without('cookie'), get), 401);
  const twice = {...own, cookie: `${visitor.cookie}; ${boris.cookie}`};
  assert.equal(await status(twice, get), 401);
  assert.equal(await status({...own, cookie: 'kiosk_user=anna'}, get), 401);
  assert.equal(await status(own, {method: 'PUT'}), 405);
  assert.equal(await status(own, {method: 'OPTIONS', body: ''}), 405);
  assert.equal(await status(own, {body: `{"app":"${'x'.repeat(70_000)}"}`}), 413);
  assert.equal(await status(own, {body: '['.repeat(50_000)}), 400);
  assert.equal(await status(own, {body: '{"a":{"a":{"a":{"a":{"a":1}}}}}'}), 400);
  assert.equal(await status(own, {...get, path: `/${'a'.repeat(600)}`}), 414);
  assert.equal(await status({...own, range: `bytes=${'1-2,'.repeat(1500)}3-4`}, get), 200);
  await visitor.post('/api/logout');
  assert.equal(await status(own, get), 401);
  assert.equal(await status(own), 401);
});

test('every answer forbids what a page does not need', async () => {
  const {visitor, events} = await visit(host.base, 'vera', 'headers');
  await events.close();
  const paths = [
    '/',
    '/api/login',
    '/api/state',
    '/api/nothing',
    '/icons/org.example.hello',
    '/%0d%0aA:b',
  ];
  for (const path of paths) {
    const {headers} = await visitor.fetch(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', path);
    assert.equal(headers.get('x-frame-options'), 'DENY', path);
    assert.match(headers.get('content-security-policy'), /default-src 'none'/, path);
    assert.equal(headers.get('a'), null);
  }
});

test('files of a package go out as what their bytes are, or not at all', async () => {
  const page = await visit(host.base, 'anna', 'files');
  const app = await openApp(page, 'org.example.files');
  const get = path => page.visitor.fetch(`/assets/${app.id}/${path}`);
  const image = await get('a.txt');
  assert.equal(image.status, 200);
  assert.equal(image.headers.get('content-type'), 'image/png');
  assert.equal(image.headers.get('content-security-policy'), 'sandbox; default-src \'none\'');
  assert.equal(image.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await image.arrayBuffer()), png);
  assert.equal((await get('deep/font.woff2')).headers.get('content-type'), 'font/woff2');
  const others = ['icon.svg', 'app.js', 'manifest.json', 'b.png', 'none.png', '../manifest.json'];
  for (const path of [...others, '%2e%2e/manifest.json', '']) {
    assert.equal((await get(path)).status, 404, path);
  }
  assert.equal((await page.visitor.fetch('/icons/org.example.files')).status, 404);
  await page.visitor.call('DELETE', `/api/sessions/${app.id}`);
  await page.events.close();
});

test('a page that lost its stream hears what it missed, or that it is to begin anew', async () => {
  const {visitor, events, state} = await visit(host.base, 'vera', 'lost');
  const chat = state.chats[0].id;
  await visitor.post(`/api/chats/${chat}/messages`, {text: 'one'});
  await events.until(event => event.type === 'chat');
  await events.close();
  await visitor.post(`/api/chats/${chat}/messages`, {text: 'two'});
  await visitor.post(`/api/chats/${chat}/messages`, {text: 'three'});
  const again = await visitor.stream({page: 'lost', lastEventId: events.lastId});
  await again.until(event => event.type === 'message' && event.message.text === 'three');
  const heard =
      again.events.filter(({type}) => type === 'message').map(({message}) => message.text);
  assert.deepEqual(heard, ['two', 'three']);
  await again.close();
  const app = await visitor.post('/api/sessions', {app: 'org.example.hello'});
  const path = `/api/sessions/${app.session.id}/visible`;
  for (let i = 0; i < 1100; ++i) await visitor.post(path, {visible: i % 2 === 1});
  const late = await visitor.stream({page: 'lost', lastEventId: events.lastId});
  const reset = await late.until('reset');
  assert.equal(reset.boot, state.boot);
  assert.equal(late.events.length, 1);
  await late.close();
  await visitor.call('DELETE', `/api/sessions/${app.session.id}`);
});

test('a page that comes again takes the place of the one before; others hear it too', async () => {
  const {visitor, events, state} = await visit(host.base, 'vera', 'first');
  const second = await visitor.stream({page: 'second'});
  const again = await visitor.stream({page: 'first'});
  await events.over();
  await visitor.post(`/api/chats/${state.chats[0].id}/messages`, {text: 'to both'});
  for (const stream of [second, again]) {
    await stream.until(event => event.type === 'message' && event.message.text === 'to both');
    await stream.close();
  }
});

test('after a restart the log-in holds, pages begin anew, and the data is there', async () => {
  const first = await startWebHost({args: ['--apps', hello]});
  const {visitor, events, state} = await visit(first.base, 'anna');
  await visitor.post(`/api/chats/${state.chats[0].id}/messages`, {text: 'before'});
  await events.until('message');
  assert.deepEqual(await first.stop(), {code: 0, signal: null});
  await events.over();
  const next = await startWebHost({data: first.data, args: ['--apps', hello]});
  visitor.base = next.base;
  const stream = await visitor.stream({lastEventId: events.lastId});
  const {boot} = await stream.until('reset');
  assert.notEqual(boot, state.boot);
  const fresh = await visitor.state();
  assert.equal(fresh.boot, boot);
  assert.deepEqual(fresh.user.mark, state.user.mark);
  assert.ok(fresh.chats.some(chat => chat.lastText === 'before'));
  await stream.close();
  assert.deepEqual(await next.stop(), {code: 0, signal: null});
});

test('two hundred open pages are served, and one user cannot open more than a share', async () => {
  const visitors = [];
  for (const user of ['anna', 'boris', 'vera']) {
    const visitor = new Visitor(host.base);
    const state = await visitor.logIn(user);
    visitors.push({visitor, state});
  }
  const streams = [];
  for (let i = 0; i < 200; ++i) {
    streams.push(await visitors[i % 3].visitor.stream({page: `many-${i}`}));
  }
  assert.ok(streams.every(({answer}) => answer.status === 200));
  const {visitor, state} = visitors[0];
  const family = state.chats.find(chat => chat.title === 'Family').id;
  const written = await visitor.post(`/api/chats/${family}/messages`, {text: 'to two hundred'});
  assert.equal(written.status, 200);
  const isIt = event => event.type === 'message' && event.message.text === 'to two hundred';
  await Promise.all(streams.map(stream => stream.until(isIt)));
  for (let i = 0; i < 20; ++i) {
    streams.push(await visitor.stream({page: `more-${i}`}));
  }
  assert.equal(streams.at(-1).answer.status, 429);
  await Promise.all(streams.map(stream => stream.close()));
  // Their threads come free when they notice, and others may come.
  const freed = async () => {
    const stream = await visitor.stream({page: 'after'});
    await stream.close();
    return stream.answer.status === 200;
  };
  for (let tries = 0; !(await freed()); ++tries) {
    assert.ok(tries < 50, 'streams of pages that went are still held');
    await pause(200);
  }
});

test('an address that others can reach is refused, with words', async () => {
  for (const address of ['0.0.0.0', '::', '192.0.2.1', '127.0.0.1.example.org', 'example.org']) {
    const started = startWebHost({args: ['--address', address]});
    await assert.rejects(started, /ended with 2: .*no real log-in.*127\.0\.0\.1/s);
  }
});
