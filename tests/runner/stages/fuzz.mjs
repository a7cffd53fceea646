// Each target of tests/fuzz for a while under libFuzzer, AddressSanitizer and UBSan. It comes last:
// when little of the run's time is left, each target gets less of it and none is left out.

import {mkdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';

import {boundsOf, foldersOf, targetNames} from '../../fuzz/targets.mjs';
import {inParallel, run} from '../process.mjs';
import {setUp} from '../sanitized.mjs';

const secondsDefault = 60;
/// A run of the same seed from the same inputs tries the same ones, as far as its time reaches.
const seedDefault = 1;
/// A target with less time than this has not even read its seeds.
const secondsMin = 5;
/// Beside its time, a target may take so long to read its seeds and to end.
const marginSeconds = 15;
/// Of an input that fails, so much is shown, in bytes.
const inputBytesShown = 4096;

/// The time of each of `count` targets, `jobs` at once, in seconds.
function secondsEach(count, jobs, context) {
  const wanted = Number(process.env.KIOSK_FUZZ_SECONDS) || secondsDefault;
  const rounds = Math.ceil(count / jobs);
  return Math.min(wanted, Math.floor(context.timeLeftMs() / 1000 / rounds) - marginSeconds);
}

/// What a failed run says: the end of the output, the input and how to try it again.
function detailOf(result, program) {
  const path = /Test unit written to (\S+)/.exec(result.stderr)?.[1];
  const lines = [result.stderr.trim().slice(-3000)];
  if (result.timedOut) lines.push(`stopped after ${result.ms} ms`);
  if (path !== undefined) {
    const input = readFileSync(path);
    lines.push(
        `input of ${input.length} bytes, in base64:`,
        input.subarray(0, inputBytesShown).toString('base64'), `again: ${program} ${path}`);
  }
  return lines.join('\n');
}

async function fuzzOne(name, seconds, context, buildDir) {
  const {root, report} = context;
  const program = join(buildDir, 'bin', `fuzz-${name}`);
  const crashes = join(buildDir, 'crashes');
  mkdirSync(crashes, {recursive: true});
  const folders = await foldersOf(root, buildDir, name);
  const args = [
    ...folders,
    ...boundsOf(root, name),
    `-max_total_time=${seconds}`,
    `-seed=${Number(process.env.KIOSK_FUZZ_SEED) || seedDefault}`,
    `-artifact_prefix=${crashes}/${name}-`,
    '-print_final_stats=1',
  ];
  const result = await run(program, args, {
    cwd: buildDir,
    env: {UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1'},
    timeoutMs: Math.min((seconds + marginSeconds * 4) * 1000, context.timeLeftMs()),
  });
  report.took(basename(program), result.ms);
  const executions = Number(/number_of_executed_units: (\d+)/.exec(result.stderr)?.[1] ?? 0);
  if (result.code !== 0 || executions === 0)
    return report.fail(`fuzz-${name}`, detailOf(result, program));
  const edges = [...result.stderr.matchAll(/ cov: (\d+) /g)].at(-1)?.[1] ?? '0';
  const told = `${String(executions).padStart(9)} executions, ${edges.padStart(5)} edges`;
  console.log(`  ${name.padEnd(16)} ${told}`);
  report.pass(`fuzz-${name}`);
}

export default {
  name: 'fuzz',
  order: 75,
  slow: true,
  summary: 'targets of libFuzzer under AddressSanitizer and UBSan, a minute each',
  timeoutMs: 40 * 60_000,
  async run(context) {
    const {root, report, jobs, only} = context;
    const buildDir = join(root, 'build-fuzz');
    await setUp(['--preset', 'fuzz', 'fuzz'], context);
    const names = targetNames(root).filter(name => name.includes(only));
    const seconds = secondsEach(names.length, jobs, context);
    if (seconds < secondsMin)
      return report.skip('all targets', 'the time of this run is used up', names.length);
    console.log(`  ${names.length} targets, ${seconds} s each, ${jobs} at once`);
    await inParallel(names, jobs, name => fuzzOne(name, seconds, context, buildDir));
  },
};
