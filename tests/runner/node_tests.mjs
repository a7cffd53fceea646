// Runs the node:test files (*.test.mjs) of a folder and counts from their TAP output.

import {readdirSync} from 'node:fs';
import {join} from 'node:path';

import {inParallel, run} from './process.mjs';

const fileMsMax = 10 * 60_000;

/// KIOSK_BUILD tells the tests which build folder's programs to try.
export async function runNodeTests(dir, context, buildDir, {env = {}, width = context.jobs} = {}) {
  const files = readdirSync(dir).filter(file => file.endsWith('.test.mjs')).sort();
  await inParallel(files, width, async file => {
    const args = ['--test', '--test-reporter=tap'];
    if (context.only !== '') args.push(`--test-name-pattern=${context.only}`);
    const result = await run(process.execPath, [...args, join(dir, file)], {
      env: {KIOSK_BUILD: buildDir, ...env},
      timeoutMs: Math.min(fileMsMax, context.timeLeftMs()),
    });
    context.report.took(file, result.ms);
    judge(file, result, context.report);
  });
}

const count = (tap, what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(tap)?.[1] ?? NaN);

function judge(file, result, report) {
  const [passed, failed, cancelled, skipped] =
      ['pass', 'fail', 'cancelled', 'skipped'].map(what => count(result.stdout, what));
  if (result.timedOut || Number.isNaN(passed)) {
    report.fail(
        file, `${result.stdout}\n${result.stderr}\nended after ${result.ms} ms without a summary`);
    return;
  }
  if (passed > 0) report.pass(file, passed);
  if (skipped > 0) report.skip(file, 'skipped by the test itself', skipped);
  if (failed + cancelled > 0) report.fail(file, failuresOf(result.stdout), failed + cancelled);
}

/// The failing parts of a TAP text: each "not ok" line with its indented explanation.
function failuresOf(tap) {
  const lines = [];
  let inside = false;
  for (const line of tap.split('\n')) {
    if (/^\s*not ok /.test(line))
      inside = true;
    else if (/^\s*(ok |# Subtest)/.test(line))
      inside = false;
    if (inside && !/duration_ms|^\s*(---|\.\.\.)$/.test(line)) lines.push(line);
  }
  return lines.join('\n');
}
