// Plants small mistakes in the security core, one at a time, and shows which tests notice. All of
// them lie asleep in one build of a copy of the tree, in build-mutants; KIOSK_MUTANT=N wakes one.
//
//   KIOSK_MUTANTS=100 KIOSK_MUTANT_SEED=1 tests/run mutate-source
//
// What was seen goes into build-mutants/mutants.json.

import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {whyEquivalent} from '../../mutants/equivalent.mjs';
import {drawMutants, writeTree} from '../../mutants/sample.mjs';
import {inParallel, run} from '../process.mjs';

const countDefault = 100;
const seedDefault = 1;
/// Of a hundred mutants so many must be noticed.
const noticedPercentMin = 90;
/// A mutant may take so many times as long as the tests take without one.
const slownessMax = 4;
const graceMs = 20_000;
/// Fewer of the random tries that a plain run makes; the code is the same.
const env = {
  KIOSK_MUTATIONS: '1000',
  KIOSK_RACE_ROUNDS: '32',
};

async function must(command, args, context) {
  const result = await run(command, args, {cwd: context.root, timeoutMs: context.timeLeftMs()});
  if (result.code !== 0)
    throw new Error(
        `${command} ${args.join(' ')}\n${(result.stdout + result.stderr).slice(-4000)}`);
}

async function build(context, folder, programs) {
  const cache = readFileSync(join(context.root, 'build/CMakeCache.txt'), 'utf8');
  const v8 = /^KIOSK_V8_ROOT:\w+=(.*)$/m.exec(cache)?.[1] ?? '';
  const out = join(folder, 'out');
  await must(
      'cmake',
      [
        '-S', join(folder, 'src'), '-B', out, '-G', 'Ninja', `-DKIOSK_V8_ROOT=${v8}`,
        '-DCMAKE_BUILD_TYPE=RelWithDebInfo', '-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O0'
      ],
      context);
  await must('ninja', ['-C', out, '-j', String(context.jobs), ...programs], context);
}

/// The runs of tests that belong to an area: near ones, then wide ones.
const runsOf = ({program, near, wide}) => [near, wide].filter(Boolean).map(
    files => ({program, files, key: `${program} ${files}`}));

function tryTests({program, files}, number, timeoutMs, context, folder) {
  const args = ['--abort-after=1', ...(files === '*' ? [] : [`--source-file=${files}`])];
  return run(join(folder, 'out/bin', program), args, {
    cwd: join(folder, 'out'),
    env: {...env, KIOSK_MUTANT: String(number)},
    timeoutMs: Math.min(timeoutMs, context.timeLeftMs()),
  });
}

/// How long each run takes without a mutant: {key: ms}. Throws when one fails so.
async function timesWithout(mutants, context, folder) {
  const runs = new Map(mutants.flatMap(({area}) => runsOf(area)).map(one => [one.key, one]));
  const times = {};
  await inParallel([...runs.values()], context.jobs, async one => {
    const result = await tryTests(one, 0, 20 * 60_000, context, folder);
    if (result.code !== 0 || !/\| +[1-9]\d* passed/.test(result.stdout))
      throw new Error(`${one.key} fails without a mutant\n${result.stdout.slice(-2000)}`);
    times[one.key] = result.ms;
  });
  return times;
}

/// What noticed, or nothing.
async function notice(mutant, times, context, folder) {
  for (const one of runsOf(mutant.area)) {
    const timeoutMs = times[one.key] * slownessMax + graceMs;
    const result = await tryTests(one, mutant.number, timeoutMs, context, folder);
    if (result.timedOut) return `${one.program} did not end`;
    if (result.code === 0) continue;
    const cases = [...result.stdout.matchAll(/TEST CASE:\s+(.*)/g)];
    return cases.at(-1)?.[1].trim() ?? `${one.program} ended with ${result.code ?? result.signal}`;
  }
}

function sayTable(mutants) {
  const rows = new Map();
  for (const {file, noticedBy} of mutants) {
    const row = rows.get(file) ?? {all: 0, noticed: 0};
    rows.set(file, {all: row.all + 1, noticed: row.noticed + (noticedBy === null ? 0 : 1)});
  }
  console.log(`  ${'file'.padEnd(42)} mutants noticed`);
  for (const [file, {all, noticed}] of rows)
    console.log(`  ${file.padEnd(42)} ${String(all).padStart(7)} ${String(noticed).padStart(7)}`);
  for (const {file, line, operator, before, after} of mutants.filter(one => one.noticedBy === null))
    console.log(`  survived: ${file}:${line}: ${operator}\n    - ${before}\n    + ${after}`);
}

export default {
  name: 'mutate-source',
  order: 82,
  asked: true,
  summary: 'small mistakes planted in the security core; a test must notice',
  timeoutMs: 55 * 60_000,
  async run(context) {
    const {root, report, jobs, only} = context;
    const folder = join(root, 'build-mutants');
    const count = Number(process.env.KIOSK_MUTANTS ?? countDefault);
    const seed = Number(process.env.KIOSK_MUTANT_SEED ?? seedDefault);
    const {mutants, places} = drawMutants(root, count, seed);
    mkdirSync(folder, {recursive: true});
    writeTree(root, join(folder, 'src'), mutants);
    await build(context, folder, new Set(mutants.map(({area}) => area.program)));
    const drawn = mutants.filter(({file}) => file.includes(only));
    const wanted = drawn.filter(mutant => whyEquivalent(mutant) === undefined);
    const times = await timesWithout(wanted, context, folder);
    await inParallel(wanted, jobs, async mutant => {
      mutant.noticedBy = await notice(mutant, times, context, folder) ?? null;
      if (mutant.noticedBy !== null) report.pass(`${mutant.file}:${mutant.line}`);
    });
    sayTable(wanted);
    const seen = drawn.map(({area: {area}, place, ...rest}) => {
      return {area, ...rest, equivalent: whyEquivalent(rest) ?? null};
    });
    writeFileSync(
        join(folder, 'mutants.json'), JSON.stringify({seed, places, mutants: seen}, null, 2));
    const noticed = wanted.filter(({noticedBy}) => noticedBy !== null).length;
    const said = `${noticed} of ${wanted.length} mutants were noticed, drawn from ${places} places`;
    console.log(`  ${said}`);
    if (noticed * 100 < wanted.length * noticedPercentMin) report.fail(said);
  },
};
