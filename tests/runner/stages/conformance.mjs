// Promises to mini-apps and users, as data: tests/conformance/cases/**/*.js, tried by the tool.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {buildDir, temporaryFolder} from '../../support/kiosk.mjs';
import {run} from '../process.mjs';

const timeoutMs = 10 * 60_000;

/// What the tool wrote into the folder `out`: the report's runs, each with its evidence.
function runsIn(out) {
  const read = name => JSON.parse(readFileSync(join(out, name), 'utf8')).runs;
  const measured = read('measured.json');
  return read('report.json').map((entry, i) => ({...entry, evidence: measured[i].evidence}));
}

export default {
  name: 'conformance',
  order: 30,
  summary: 'promises as data, each tried in both tiers',
  timeoutMs,
  async run({report, jobs, only, timeLeftMs}) {
    const out = join(temporaryFolder(), 'report');
    const args = ['conformance', '--out', out, '--jobs', String(jobs), '--filter', only];
    const tool = join(buildDir, 'bin/kiosk');
    const result = await run(tool, args, {timeoutMs: Math.min(timeoutMs, timeLeftMs())});
    // Nothing has the word: another stage may.
    if (only !== '' && result.stderr.includes('no case is asked for')) return;
    if (result.timedOut || (result.code !== 0 && result.code !== 1)) {
      return report.fail('the suite runs to its end', result.stdout + result.stderr);
    }
    for (const {id, way, title, verdict, findings, evidence} of runsIn(out)) {
      const name = `${id} ${way}: ${title}`;
      if (verdict === 'fail')
        report.fail(name, [...findings, ...evidence].join('\n'));
      else
        report.pass(name);
    }
  },
};
