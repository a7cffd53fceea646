// The host side under a sanitizer: its own build folder, the unit tests, and for some the tool's
// contract with the sanitized tool. The guest is built without: a sanitizer's shadow does not
// survive fork and jail. Only what is run is built.

import {basename, join} from 'node:path';

import {listTests, runDoctests} from './doctests.mjs';
import {runNodeTests} from './node_tests.mjs';
import {run} from './process.mjs';

/// A sanitized program takes so many times as long.
const slowness = 4;
/// Fewer of the random changes that a plain run tries; the code is the same.
const mutations = '2000';
/// Every so many-th system call is made to fail; a plain run takes each.
const faultsEvery = '13';
/// Steps of a simulation; a plain run makes some times as many.
const simulationSteps = '300';

/// Runs the set-up with `args`; throws with the end of its output when that fails.
export async function setUp(args, context) {
  const made = await run(
      'bash', [join(context.root, 'sdk/setup/setup.sh'), ...args],
      {timeoutMs: context.timeLeftMs(), onStdout: sayProgress});
  if (made.code !== 0) throw new Error(`${args.join(' ')}\n${made.stdout}\n${made.stderr}`);
}

function sayProgress(text) {
  for (const line of text.split('\n'))
    if (/ \d+ s: /.test(line)) console.log(`   ${line}`);
}

/// Builds the tests of `preset` that `wanted(test)` accepts, with `more` targets, and runs them;
/// then the end-to-end tests when `endToEnd`. `env` holds the sanitizer's options.
export async function runSanitized(preset, context, {env, endToEnd, wanted, more = []}) {
  const buildDir = join(context.root, `build-${preset}`);
  await setUp(['--preset', preset, '--no-build'], context);
  const programs = async () => (await listTests(buildDir, context))
                                   .filter(wanted)
                                   .map(({name, command}) => basename(command[0] ?? name))
                                   .filter(name => name.startsWith('unit-'));
  const known = await programs();
  await setUp(['--preset', preset, ...new Set(known), ...more], context);
  // The build configures anew when it must, and may know of more afterwards.
  const fresh = (await programs()).filter(name => !known.includes(name));
  if (fresh.length > 0) await setUp(['--preset', preset, ...new Set(fresh)], context);
  const slow = {
    ...env,
    KIOSK_SLOW: String(slowness),
    KIOSK_MUTATIONS: mutations,
    KIOSK_FAULTS_EVERY: faultsEvery,
    KIOSK_SIMULATION_STEPS: simulationSteps,
  };
  await runDoctests(buildDir, context, {env: slow, wanted, slowness});
  if (endToEnd) await runNodeTests(join(context.root, 'tests/e2e'), context, buildDir, {env: slow});
}
