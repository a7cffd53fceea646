// What the drivers of `kiosk conformance --against` share: how they are started, and the events by
// which they tell how it went, in the form of `kiosk run --events`.
//
//   node … NAME_host.mjs [--modules DIR] [--limits] --check | FOLDER
//
// FOLDER holds app/, the mini-app of one case, and methods.json, the bridge's methods.

import {once} from 'node:events';
import {readFileSync, writeSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {Worker} from 'node:worker_threads';

/// Time for what a case still does when it has said its outcome.
const lingerMs = 200;
/// An app that is still at work after so much CPU time, or so long, is left as it is.
const lifeCpuMs = 6000;
const lifeMs = 30_000;
const beatEveryMs = 20;

export const {values: options, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    modules: {type: 'string', default: '.'},
    limits: {type: 'boolean', default: false},
    check: {type: 'boolean', default: false},
  },
});

export const appFolder = join(positionals[0] ?? '.', 'app');

export const methodNames = () =>
    JSON.parse(readFileSync(join(positionals[0], 'methods.json'), 'utf8'));

export function tell(event) {
  writeSync(1, `${JSON.stringify(event)}\n`);
  if (event.event === 'log' && event.text.startsWith('@case ')) {
    setTimeout(end, lingerMs, 'closed');
  }
}

/// Tells the end, and ends the process with every thread that is still at work.
function end(reason, detail = '') {
  tell({event: 'ended', reason, detail: String(detail).slice(0, 500)});
  process.kill(process.pid, 'SIGKILL');
}

/// Begins to watch that the loop turns, and that the app comes to an end.
async function watch() {
  const memory = new SharedArrayBuffer(4);
  const beats = new Int32Array(memory);
  setInterval(() => {
    Atomics.add(beats, 0, 1);
    const {user, system} = process.cpuUsage();
    if (user + system > lifeCpuMs * 1000) end('closed');
  }, beatEveryMs).unref();
  setTimeout(end, lifeMs, 'closed').unref();
  const watcher =
      new Worker(new URL('./watch.mjs', import.meta.url), {workerData: {beats: memory}});
  await once(watcher, 'message');
  watcher.unref();
}

/// Runs `open`, which evaluates the app. `reasonOf(error)` says which limit of the host an error
/// tells, if any.
export async function drive(open, reasonOf = () => undefined) {
  await watch();
  process.on('uncaughtException', error => end(reasonOf(error) ?? 'error', error?.stack ?? error));
  process.on('beforeExit', () => end('closed'));
  tell({event: 'started'});
  try {
    await open();
  } catch (error) {
    end(reasonOf(error) ?? 'error', error?.stack ?? error);
  }
}
