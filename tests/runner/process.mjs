// Runs a program with a deadline. Its whole process group ends with it, so no test leaves one
// behind.

import {spawn} from 'node:child_process';

const outputBytesMax = 8 << 20;

/// Runs `command` and resolves when it has ended, never rejects:
/// {code, signal, timedOut, stdout, stderr, ms}. Output over 8 MiB is cut.
///
/// options: cwd, env (added to ours), input (text for stdin), keepInput (stdin stays open, for
/// onStdout to write to), timeoutMs (required), and onStdout(text, child): called with each piece
/// as it comes.
export function run(command, args, options) {
  return new Promise(resolve => {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: {...process.env, ...options.env},
      stdio:
          [options.input === undefined && !options.keepInput ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    const result = {code: null, signal: null, timedOut: false, stdout: '', stderr: '', ms: 0};
    const timer = setTimeout(() => {
      result.timedOut = true;
      endGroup(child);
    }, options.timeoutMs);
    const finish = () => {
      clearTimeout(timer);
      endGroup(child);
      running.delete(child);
      result.ms = Math.round(performance.now() - started);
      resolve(result);
    };
    child.stdout.setEncoding('utf8').on('data', text => {
      if (result.stdout.length < outputBytesMax) result.stdout += text;
      options.onStdout?.(text, child);
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      if (result.stderr.length < outputBytesMax) result.stderr += text;
    });
    child.on('error', error => {
      result.stderr += String(error);
      result.code = 127;
      finish();
    });
    child.on('close', (code, signal) => {
      if (result.code === null) Object.assign(result, {code, signal});
      finish();
    });
    if (options.input !== undefined) child.stdin.on('error', () => {}).end(options.input);
  });
}

const running = new Set();

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/// Ends every program that still runs. For the end of the whole run.
export function endAll() {
  for (const child of running) endGroup(child);
}

/// Calls `work` for each item, at most `width` at a time; resolves to the results in order.
export async function inParallel(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({length: Math.min(width, items.length)}, worker));
  return results;
}
