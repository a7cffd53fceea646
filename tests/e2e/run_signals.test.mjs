// What is left behind: nothing, however the tool ends. The programs are copied first, so that their
// processes can be told from those of other tests.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {copyFileSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

import {buildDir, slowness, temporaryFolder, writeApp} from '../support/kiosk.mjs';

const longApp = `
  const p = document.createElement('p');
  p.textContent = 'Still here';
  document.body.append(p);
  setInterval(() => {}, 10);
`;

function ownPrograms() {
  const folder = temporaryFolder();
  for (const name of ['kiosk', 'kiosk-guest']) {
    copyFileSync(join(buildDir, 'bin', name), join(folder, name));
  }
  return folder;
}

/// Processes that run a program of `folder`. By their command line: where a guest's program lies is
/// not told to the user that runs it.
function processesOf(folder) {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).filter(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${folder}/`);
    } catch {
      return false;
    }
  });
}

async function until(condition, secondsMax = 10) {
  const deadline = Date.now() + secondsMax * 1000 * slowness;
  while (!condition()) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/// Starts the app and resolves when it has drawn its view.
async function startApp(folder) {
  const child = spawn(
      join(folder, 'kiosk'), ['run', writeApp(longApp), '--events'],
      {stdio: ['ignore', 'pipe', 'inherit']});
  const exited =
      new Promise(resolve => child.on('exit', (code, signal) => resolve({code, signal})));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', text => output += text);
  assert.ok(await until(() => output.includes('Still here')), output);
  return {child, exited, output: () => output};
}

/// One that ends takes others with it, so a process may be gone when its turn comes.
function killIfThere(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

test('Ctrl-C ends the run cleanly and leaves no process', async () => {
  const folder = ownPrograms();
  const {child, exited, output} = await startApp(folder);
  child.kill('SIGINT');
  const {code, signal} = await exited;
  assert.deepEqual({code, signal}, {code: 0, signal: null});
  assert.match(output(), /"event":"ended"/);
  assert.ok(await until(() => processesOf(folder).length === 0), processesOf(folder).join());
});

test('guests end when the host is killed without a word', async () => {
  const folder = ownPrograms();
  const {child, exited} = await startApp(folder);
  assert.ok(processesOf(folder).length >= 2);
  child.kill('SIGKILL');
  await exited;
  assert.ok(await until(() => processesOf(folder).length === 0), processesOf(folder).join());
});

test('a guest that is killed from outside ends its session as killed', async () => {
  const folder = ownPrograms();
  const {child, exited, output} = await startApp(folder);
  for (const pid of processesOf(folder)) {
    if (Number(pid) !== child.pid) killIfThere(Number(pid));
  }
  assert.equal((await exited).code, 1);
  assert.match(output(), /"reason":"killed"/);
});
