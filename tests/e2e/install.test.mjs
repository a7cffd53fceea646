// Kiosk installed, and two hosts built outside the tree against nothing but the installed package.

import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {before, test} from 'node:test';

import {run} from '../runner/process.mjs';
import {buildDir, root, slowness, temporaryFolder} from '../support/kiosk.mjs';

const buildMsMax = 600_000;
// A sanitizer's libraries need its flags in the host too, which an outside host does not have.
const skip = slowness > 1 && 'a sanitized build is not installed';
const prefix = temporaryFolder();
const apps = join(root, 'samples/hosts/three-apps/apps');

async function must(command, args, options = {}) {
  const result = await run(command, args, {timeoutMs: buildMsMax, ...options});
  assert.equal(result.code, 0, `${command} ${args.join(' ')}\n${result.stdout}\n${result.stderr}`);
  return result;
}

/// Builds the sample host `name` as its author would who has only the package; its program.
async function buildHost(name) {
  const build = temporaryFolder();
  await must('cmake', [
    '-S',
    join(root, 'samples/hosts', name),
    '-B',
    build,
    '-G',
    'Ninja',
    `-DCMAKE_PREFIX_PATH=${prefix}`,
    '-DCMAKE_BUILD_TYPE=Debug',
  ]);
  await must('cmake', ['--build', build, '-j', '2']);
  return join(build, `${name}-host`);
}

before(() => skip || must('cmake', ['--install', buildDir, '--prefix', prefix]));

test('the package has the programs, the headers and both kinds of library', {skip}, () => {
  for (const path
           of ['bin/kiosk', 'bin/kiosk-guest', 'libexec/kiosk/forger-guest', 'include/kiosk/host.h',
               'include/kiosk.h', 'include/kiosk/bridge/services.h']) {
    assert.ok(existsSync(join(prefix, path)), path);
  }
});

test('the installed tool finds its suite and the guest, and keeps a promise', {skip}, async () => {
  const out = join(temporaryFolder(), 'report');
  const {stdout} =
      await must(join(prefix, 'bin/kiosk'), ['conformance', '--filter', 'PAY-003', '--out', out]);
  assert.match(stdout, /1 case in 2 runs: 2 passed/);
  const forged = join(temporaryFolder(), 'report');
  const {stdout: told} = await must(
      join(prefix, 'bin/kiosk'), ['conformance', '--filter', 'PROTO-001', '--out', forged]);
  assert.match(told, /1 case in 1 runs: 1 passed/);
});

test('no public header names V8, libuv, SQL or a header of ours that is not public', {skip}, () => {
  const walk = folder => readdirSync(folder, {withFileTypes: true})
                             .flatMap(
                                 entry => entry.isDirectory() ? walk(join(folder, entry.name)) :
                                                                [join(folder, entry.name)]);
  for (const header of walk(join(prefix, 'include'))) {
    for (const [, file] of readFileSync(header, 'utf8').matchAll(/#\s*include\s*[<"]([^>"]*)/g)) {
      const allowed = file.startsWith('kiosk/') || file.startsWith('nlohmann/json') ||
          /^[a-z_]+(\.h)?$/.test(file);
      assert.ok(allowed, `${header} includes ${file}`);
      assert.doesNotMatch(file, /^(v8|uv|sqlite3|libnode)/);
    }
  }
});

test('the smallest host is built from the package and shows a mini-app', {skip}, async () => {
  const host = await buildHost('minimal');
  const {stdout} = await must(host, [join(root, 'samples/apps/hello')]);
  assert.match(stdout, /Hello from a mini-app/);
});

test(
    'a host with its own wallet, chats, users and storage runs three apps at once', {skip},
    async () => {
      const host = await buildHost('three-apps');
      const script = [
        ['[3 Shop]', 'app 1'],
        ['[3 Shop] is suspended', 'tap Greet me'],
        ['Allow? y or n', 'y'],
        ['Hello, Ada', 'app 2'],
        ['[2 Notes] is shown', 'tap Count'],
        ['Counted 1 times', 'app 3'],
        ['[3 Shop] is shown', 'tap Buy'],
        ['Amount: RUB\u00a0499.00', 'y'],
        ['Tea is paid', 'tap Tell a friend'],
        ['1 Tea club', '1'],
        ['Message shared', 'tap Near me'],
        ['Tell which district you live in', 'y'],
        ['Tea in Hamovniki', 'close shop\ntap Tell a friend'],
        ['policy_refused', 'quit'],
      ];
      let seen = '';
      let at = 0;
      const {stdout} = await must(
          host,
          [
            join(temporaryFolder(), 'data'),
            ...['greeter', 'notes', 'shop'].map(name => join(apps, name)),
          ],
          {
            timeoutMs: 60_000,
            keepInput: true,
            onStdout: (text, child) => {
              seen += text;
              while (at < script.length && seen.includes(script[at][0])) {
                seen = seen.slice(seen.indexOf(script[at][0]) + script[at][0].length);
                child.stdin.write(`${script[at][1]}\n`);
                at += 1;
              }
            },
          });
      assert.equal(at, script.length, `waited for ${script[at]?.[0]}\n${stdout}`);
      assert.match(stdout, /Ada has 501\.00 RUB left, 1 messages were sent/);
      assert.equal(stdout.match(/ended: closed/g)?.length, 3);
    });
