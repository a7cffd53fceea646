// Switches off each guard that conformance cases name and runs those cases: each must fail. What
// was seen goes into build-mutation/guards.json.

import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {guardMatrix} from '../../mutants/guard_matrix.mjs';
import {temporaryFolder} from '../../support/kiosk.mjs';
import {inParallel, run} from '../process.mjs';
import {setUp} from '../sanitized.mjs';

const runMsMax = 5 * 60_000;
const jobsOfTool = 2;

/// Runs the cases of the guard `name`; resolves to [{id, way, verdict, findings}].
async function tryCases(tool, name, env, context) {
  const out = temporaryFolder();
  const args = ['conformance', '--filter', name, '--out', out, '--jobs', String(jobsOfTool)];
  const result = await run(tool, args, {env, timeoutMs: Math.min(runMsMax, context.timeLeftMs())});
  if (result.timedOut || (result.code !== 0 && result.code !== 1))
    throw new Error(`${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).runs;
}

/// Tries the cases with and without the guard; {id: {on, off, findings}} with verdicts of all ways.
async function tryGuard(tool, guard, context) {
  const seen = {};
  for (const [state, env] of [['on', {}], ['off', {KIOSK_GUARD_OFF: guard.name}]]) {
    for (const {id, verdict, findings} of await tryCases(tool, guard.name, env, context)) {
      const one = seen[id] ??= {on: [], off: [], findings: []};
      one[state].push(verdict);
      if (state === 'off') one.findings.push(...findings);
    }
  }
  return seen;
}

export default {
  name: 'mutate-cases',
  order: 81,
  asked: true,
  summary: 'each guard that cases name switched off; each of its cases must fail',
  timeoutMs: 40 * 60_000,
  async run(context) {
    const {root, report, jobs, only} = context;
    await setUp(['--preset', 'mutation', 'kiosk', 'kiosk-guest'], context);
    const buildDir = join(root, 'build-mutation');
    const matrix = guardMatrix(root);
    const wanted = matrix.filter(({name, cases}) => cases.length > 0 && name.includes(only));
    const tool = join(buildDir, 'bin/kiosk');
    const width = Math.max(1, Math.floor(jobs / jobsOfTool));
    await inParallel(wanted, width, async guard => {
      const seen = await tryGuard(tool, guard, context);
      for (const one of guard.cases) {
        const {on = [], off = [], findings = []} = seen[one.id] ?? {};
        one.notices = off.includes('fail');
        one.findings = [...new Set(findings)];
        const name = `${guard.name}: ${one.id}`;
        if (on.length === 0 || on.some(verdict => verdict !== 'pass'))
          report.fail(`${name} passes with every guard on`);
        else if (!one.notices)
          report.fail(`${name} fails when the guard is off`, one.title);
        else
          report.pass(name);
      }
    });
    if (only === '') writeFileSync(join(buildDir, 'guards.json'), JSON.stringify(matrix, null, 2));
  },
};
