// install, list, pin, approve, rollback and uninstall: a registry as an operator uses it.

import assert from 'node:assert/strict';
import {copyFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, temporaryFolder, writeApp} from '../support/kiosk.mjs';

/// A data folder that trusts one developer, and what packs that developer's versions.
async function operator() {
  const data = temporaryFolder();
  const key = join(data, 'developer.key');
  assert.equal((await kiosk(['keygen', key])).code, 0);
  copyFileSync(`${key}.pub`, join(data, 'trust.txt'));
  const pack = async (code, permissions = []) => {
    const ma = join(data, `v${code}.ma`);
    const more = {
      version: {name: `1.${code}`, code},
      req_permissions: permissions.map(name => ({name, reason: 'To deliver', purpose: 'delivery'})),
    };
    const app = writeApp('console.log("hello");\n', {more});
    const packed = await kiosk(['pack', app, '-o', ma, '--key', key]);
    assert.equal(packed.code, 0, packed.stderr);
    return ma;
  };
  const run = (...args) => kiosk([...args, '--data', data]);
  return {data, pack, run};
}

const id = 'org.example.test';

test('an operator installs, updates, goes back and removes', async () => {
  const {pack, run} = await operator();
  const installed = await run('install', await pack(1), '--json');
  assert.equal(installed.code, 0, installed.stderr);
  assert.equal(JSON.parse(installed.stdout).outcome, 'installed');
  assert.match((await run('install', await pack(2))).stdout, /updated/);
  assert.match((await run('list')).stdout, /org\.example\.test {2}1\.2 \(code 2\)/);
  const ran = await run('run', id, '--events');
  assert.equal(ran.events.find(event => event.event === 'log')?.text, 'hello', ran.stderr);
  assert.match((await run('rollback', id)).stdout, /code 1\)/);
  assert.match((await run('pin', id, '2')).stdout, /code 2\), pinned/);
  assert.equal((await run('uninstall', id)).code, 0);
  assert.match((await run('list')).stdout, /no app is installed/);
});

test('an update that asks for more says so and waits for approval', async () => {
  const {pack, run} = await operator();
  await run('install', await pack(1));
  const update = await run('install', await pack(2, ['identity.phone']));
  assert.equal(update.code, 0, update.stderr);
  assert.match(update.stdout, /waiting/);
  assert.match(update.stdout, /may newly ask for: permission identity\.phone/);
  assert.equal(JSON.parse((await run('list', '--json')).stdout)[0].activeCode, 1);
  assert.match((await run('approve', id)).stdout, /code 2\)/);
});

test('what nobody trusted signed is not installed', async () => {
  const {pack} = await operator();
  const {run} = await operator();
  const refused = await run('install', await pack(1));
  assert.notEqual(refused.code, 0);
  assert.match(refused.stderr, /trust/);
});
