// The flags of `kiosk run` and its exit status: 0 closed or all steps done, 1 the app ended badly
// or a step failed, 2 bad usage, package or manifest.

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, lastEvent, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';

const drawn = `
  const p = document.createElement('p');
  p.textContent = 'Drawn <b>text</b>';
  document.body.append(p);
`;
const identity = [{name: 'identity.basic', reason: 'A test', purpose: 'test'}];
const askWho = `
  kiosk.identity.userinfo({}).then(user => console.log('user ' + user.firstName),
                                   error => console.log('refused ' + error.code));
`;

test('an app that ends by itself is status 0, one that throws is status 1', async () => {
  assert.equal((await kiosk(['run', writeApp('console.log(1)'), '--render', 'none'])).code, 0);
  assert.equal((await kiosk(['run', writeApp('throw 1'), '--render', 'none'])).code, 1);
});

test('bad usage is status 2 and says what is allowed', async () => {
  const app = writeApp(drawn);
  for (const args
           of [['run'],
               ['run', '/no/such/path'],
               ['run', app, '--render', 'pdf'],
               ['run', app, '--tier', 'fast'],
               ['run', app, '--limit', 'heap'],
               ['run', app, '--limit', 'size=1M'],
               ['run', app, '--limit', 'heap=1X'],
               ['run', app, '--limit', 'heap=900G'],
               ['run', app, '--grant', ','],
               ['run', app, '--timeout', 'soon'],
               ['run', app, '--no-such-flag'],
               ['dance'],
  ]) {
    const result = await kiosk(args);
    assert.equal(result.code, 2, `${args.join(' ')}: ${result.stdout}${result.stderr}`);
    assert.notEqual(result.stderr, '', args.join(' '));
  }
});

test('--timeout ends an app that goes on as timeout, with status 1', async () => {
  const result = await kiosk(['run', writeApp(drawn), '--events', '--timeout', '1']);
  assert.equal(result.code, 1);
  assert.equal(lastEvent(result, 'ended').reason, 'timeout');
});

test('--grant decides what the user allows', async () => {
  const app = writeApp(askWho, {more: {opt_permissions: identity}});
  const logged = async grant => {
    const result = await kiosk(['run', app, '--events', '--grant', grant]);
    return lastEvent(result, 'log').text;
  };
  assert.match(await logged('all'), /^user \S/);
  assert.match(await logged('identity.basic'), /^user \S/);
  assert.equal(await logged('none'), 'refused permission_denied');
});

test('--user decides who the app meets', async () => {
  const code = 'kiosk.identity.userinfo({}).then(user => console.log(user.sub));';
  const app = writeApp(code, {more: {opt_permissions: identity}});
  const data = temporaryFolder();
  const sub = async more => {
    const args = ['run', app, '--events', '--grant', 'all', '--data', data, ...more];
    return lastEvent(await kiosk(args), 'log')?.text;
  };
  const first = await sub([]);
  assert.ok(first);
  assert.equal(await sub([]), first, 'the same user, app and host give the same id');
});

test('--limit is enforced under its name', async () => {
  const app = writeApp('for (;;) {}');
  const result = await kiosk(['run', app, '--events', '--limit', 'load=100ms']);
  assert.equal(result.code, 1);
  assert.equal(lastEvent(result, 'ended').reason, 'cpu');
});

test('--tier jitless runs the same app', async () => {
  const result =
      await kiosk(['run', writeApp('console.log(6 * 7)'), '--events', '--tier', 'jitless']);
  assert.equal(result.code, 0, result.stderr);
  assert.equal(lastEvent(result, 'log').text, '42');
});

test('--render text draws the view, json gives it as data, none is silent', async () => {
  const render = async how => {
    const args =
        ['run', writeApp(drawn), '--render', how, '--steps', writeSteps([{expect: 'Drawn'}])];
    const result = await kiosk(args);
    assert.equal(result.code, 0, result.stderr);
    return result.stdout;
  };
  assert.match(await render('text'), /Drawn <b>text<\/b>/);
  const lines = (await render('json')).trim().split('\n');
  assert.match(JSON.stringify(lines.map(line => JSON.parse(line))), /Drawn <b>text<\/b>/);
  assert.equal(await render('none'), '');
});

test('text for a terminal carries no escape sequences of the app', async () => {
  const app = writeApp(`
    const p = document.createElement('p');
    p.textContent = 'safe\\u001b]0;owned\\u0007\\u001b[2Jtext\\u202e';
    document.body.append(p);
    console.log('log\\u001b[31m');
  `);
  const result =
      await kiosk(['run', app, '--render', 'text', '--steps', writeSteps([{expect: 'safe'}])]);
  assert.ok(!/[\u001b\u0007]/.test(result.stdout + result.stderr));
});

test('--data keeps what an app stored, for the same user and app', async () => {
  const data = temporaryFolder();
  const app = writeApp(`
    const {value} = await kiosk.storage.local.get({key: 'runs'});
    await kiosk.storage.local.set({key: 'runs', value: (value ?? 0) + 1});
    console.log('run ' + ((value ?? 0) + 1));
  `);
  for (const expected of ['run 1', 'run 2']) {
    const result = await kiosk(['run', app, '--events', '--data', data]);
    assert.equal(lastEvent(result, 'log').text, expected);
  }
});

test('a folder is run as development, and the tool says so', async () => {
  const result = await kiosk(['run', writeApp('console.log(1)'), '--render', 'none']);
  assert.match(result.stderr, /development/i);
});

test('audit verify proves an untouched trail', async () => {
  const data = join(temporaryFolder(), 'data');
  const app = writeApp('await kiosk.storage.local.set({key: "k", value: 1});');
  assert.equal((await kiosk(['run', app, '--events', '--data', data])).code, 0);
  const result = await kiosk(['audit', 'verify', '--data', data]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
});

test('doctor says which layers of the jail are active', async () => {
  const result = await kiosk(['doctor']);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  assert.match(result.stdout, /seccomp/);
});

test('api prints the catalogue for programs and people', async () => {
  const openrpc = JSON.parse((await kiosk(['api', '--openrpc'])).stdout);
  assert.ok(openrpc.methods.some(method => method.name === 'payments.request'));
  assert.match((await kiosk(['api', '--typescript'])).stdout, /orderToken/);
  assert.match((await kiosk(['api', '--markdown'])).stdout, /payments\.request/);
});
