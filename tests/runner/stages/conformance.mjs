// Promises to mini-apps and users, as data: tests/conformance/cases/**/*.js in both tiers.

import {runCases} from '../../conformance/run.mjs';

export default {
  name: 'conformance',
  order: 30,
  summary: 'promises as data, each tried in both tiers',
  timeoutMs: 15 * 60_000,
  run: ({report, jobs, only}) => runCases({
    only,
    width: jobs,
    say({id, promise}, tier, found) {
      const name = `${id} ${tier}: ${promise}`;
      if (found.length === 0)
        report.pass(name);
      else
        report.fail(name, found.join('\n'));
    },
  }),
};
