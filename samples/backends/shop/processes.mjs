// Programs that a sample starts beside itself, and their end.

import {spawn} from 'node:child_process';

const readySecondsMax = 60;
const endSecondsMax = 10;
const started = [];

/// Starts `program`; resolves to what `ready` matched of its output.
export function startProgram(program, args, ready) {
  const child = spawn(program, args, {stdio: ['ignore', 'pipe', 'pipe']});
  const ended = new Promise(resolve => child.on('close', resolve));
  started.push({child, ended});
  let text = '';
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`${args[0]} is not ready: ${text}`));
    const timer = setTimeout(late, readySecondsMax * 1000);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', bytes => {
        text = (text + bytes).slice(-10_000);
        const found = ready.exec(text);
        if (found === null) return;
        clearTimeout(timer);
        resolve(found);
      });
    }
    child.on('error', reject);
    ended.then(code => reject(new Error(`${args[0]} ended with ${code}: ${text}`)));
  });
}

/// Runs `program` to its end on this terminal; resolves to its status.
export function runHere(program, args, stdio = 'inherit') {
  const child = spawn(program, args, {stdio});
  const ended = new Promise(resolve => {
    child.on('error', () => resolve(1));
    child.on('close', (code, signal) => resolve(signal === null ? code : 1));
  });
  const entry = {child, ended};
  started.push(entry);
  return ended.finally(() => {
    if (started.includes(entry)) started.splice(started.indexOf(entry), 1);
  });
}

/// Ends what was started, the newest first, each by its own id.
export async function endAll() {
  while (started.length > 0) {
    const {child, ended} = started.pop();
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), endSecondsMax * 1000);
    await ended;
    clearTimeout(timer);
  }
}
