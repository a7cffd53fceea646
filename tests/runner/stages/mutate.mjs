// Switches each guard off in turn and shows which test notices: a guard that none notices fails.
// The programs come from a build of their own; no other build has the switch.

import {basename, join} from 'node:path';

import {temporaryFolder} from '../../support/kiosk.mjs';
import {listTests} from '../doctests.mjs';
import {inParallel, run} from '../process.mjs';
import {setUp} from '../sanitized.mjs';

const proofMsMax = 180_000;
// The guards that the suite notices are those of the language, the web API and the bridge.
const suiteLevel = 2;
const suiteMsMax = 10 * 60_000;
const more = ['kiosk', 'kiosk-guest', 'jail-probe', 'forger-guest'];

// Bugs of payments that the seeded simulation finds by itself, whatever else notices them.
const planted = [
  {bug: 'no check of idempotency', guard: 'payment.once'},
  {bug: 'an answer before its commit', guard: 'store.commit'},
  {bug: 'refunds of more than was paid', guard: 'refund.left'},
];
const simulation = '--test-case=simulation*';

/// The command of the test program `proof`, with what ctest knows of it.
function commandOf(proof, tests, context, buildDir) {
  if (proof === 'conformance') {
    return {
      command: [
        join(buildDir, 'bin/kiosk'),
        'conformance',
        '--out',
        join(temporaryFolder(), 'report'),
        '--level',
        String(suiteLevel),
      ],
      cwd: context.root,
      env: {},
    };
  }
  const test = tests.find(({name}) => name === proof);
  if (test === undefined) throw new Error(`there is no test program ${proof}`);
  return {
    command: [...test.command, '--abort-after=1'],
    cwd: test.properties.WORKING_DIRECTORY ?? buildDir,
    env: Object.fromEntries(
        (test.properties.ENVIRONMENT ?? []).map(pair => pair.split(/=(.*)/s).slice(0, 2))),
  };
}

/// Runs `proof` with the guard `off`, or with none; resolves to what noticed, or nothing.
async function notice(proof, off, tests, context, buildDir, more = []) {
  const {command: [program, ...args], cwd, env} = commandOf(proof, tests, context, buildDir);
  const result = await run(program, [...args, ...more], {
    cwd,
    env: off === undefined ? env : {...env, KIOSK_GUARD_OFF: off},
    timeoutMs: Math.min(proof === 'conformance' ? suiteMsMax : proofMsMax, context.timeLeftMs()),
  });
  if (result.timedOut) return `${proof} did not end`;
  if (result.code === 0) return undefined;
  const output = result.stdout + result.stderr;
  // A test case is named before each of its messages; the one before the first error noticed.
  const failed = output.search(/ERROR:/);
  const cases = [...output.slice(0, failed < 0 ? output.length : failed)
                     .matchAll(/TEST CASE:\s+(.*)|FAILED (.*)/g)];
  const said = failed < 0 ? proof === 'conformance' && cases[0] : cases.at(-1);
  if (said) return (said[1] ?? said[2]).trim();
  return `${proof} ended with ${result.code ?? result.signal}: ${output.trim().slice(-300)}`;
}

export default {
  name: 'mutate',
  order: 80,
  asked: true,
  summary: 'each guard switched off in turn; a test must notice',
  timeoutMs: 55 * 60_000,
  async run(context) {
    const {root, report, jobs, only} = context;
    const buildDir = join(root, 'build-mutation');
    await setUp(['--preset', 'mutation', '--no-build'], context);
    // ctest does not say the command of a program that is not there yet: asked again once it is.
    const programs = (await listTests(buildDir, context))
                         .map(({name, command}) => basename(command[0] ?? name))
                         .filter(name => name.startsWith('unit-'));
    await setUp(['--preset', 'mutation', ...new Set(programs), ...more], context);
    const tests = await listTests(buildDir, context);
    const listed = await run(
        join(buildDir, 'bin/kiosk'), ['doctor', '--guards', '--json'],
        {timeoutMs: context.timeLeftMs()});
    const guards = JSON.parse(listed.stdout).filter(({name}) => name.includes(only));
    for (const proof of new Set(guards.map(({noticedBy}) => noticedBy))) {
      const noticed = await notice(proof, undefined, tests, context, buildDir);
      if (noticed !== undefined) throw new Error(`${proof} fails with every guard on: ${noticed}`);
      report.pass(`${proof} with every guard on`);
    }
    await inParallel(guards, jobs, async ({name, noticedBy}) => {
      const noticed = await notice(noticedBy, name, tests, context, buildDir);
      if (noticed === undefined)
        return report.fail(`${name}: nothing in ${noticedBy} notices that it is off`);
      console.log(`  ${name.padEnd(18)} ${noticed}`);
      report.pass(name);
    });
    await inParallel(
        planted.filter(({guard}) => guard.includes(only)), jobs, async ({bug, guard}) => {
          const name = `the simulation finds ${bug}`;
          const noticed =
              await notice('unit-bridge', guard, tests, context, buildDir, [simulation]);
          if (noticed === undefined) return report.fail(`${name}: it passes with ${guard} off`);
          report.pass(name);
        });
  },
};
