// Hostile one-liners: each ends its own session for the right reason while another app is still
// served.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {run} from '../process.mjs';

// On a busy machine of two cores; a host that was blocked by a guest would be silent for seconds.
const canaryGapMsMax = 1500;

function findings(line, verdict) {
  if (verdict === undefined) return ['the host did not live to report it'];
  const found = [];
  if (!line.ends.includes(verdict.reason)) {
    found.push(`it ended "${verdict.reason}", not ${line.ends.join(' or ')}: ${verdict.detail}`);
  }
  if (!verdict.canaryRuns) found.push('the other app did not survive it');
  if (!(verdict.canaryGapMs <= canaryGapMsMax)) {
    found.push(`the other app waited ${Math.round(verdict.canaryGapMs)} ms for an answer`);
  }
  return found;
}

async function runTier(tier, lines, {root, report, only, timeLeftMs}) {
  const program = join(root, 'build/bin/hostile');
  const file = join(root, 'tests/hostile/lines.json');
  const result = await run(
      program, [file, '--tier', tier, ...(only === '' ? [] : ['--only', only])],
      {timeoutMs: timeLeftMs()});
  const verdicts = new Map();
  for (const text of result.stdout.split('\n').filter(text => text !== '')) {
    const verdict = JSON.parse(text);
    verdicts.set(verdict.id, verdict);
  }
  if (result.code !== 0) report.fail(`the program, ${tier}`, result.stderr);
  for (const line of lines) {
    const found = findings(line, verdicts.get(line.id));
    const name = `${line.id} ${tier}: ${line.code}`;
    if (found.length === 0)
      report.pass(name);
    else
      report.fail(name, found.join('\n'));
  }
}

export default {
  name: 'hostile',
  order: 50,
  summary: 'hostile one-liners end alone, in both tiers',
  timeoutMs: 10 * 60_000,
  async run(context) {
    const file = join(context.root, 'tests/hostile/lines.json');
    const lines =
        JSON.parse(readFileSync(file, 'utf8')).filter(line => line.id.includes(context.only));
    for (const tier of ['jit', 'jitless']) await runTier(tier, lines, context);
  },
};
