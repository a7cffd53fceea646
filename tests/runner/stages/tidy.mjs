// House rules: tests/tidy/rules.mjs over the whole tree.

import {spawnSync} from 'node:child_process';

import {rules, Tree} from '../../tidy/rules.mjs';

const toolThere = tool => spawnSync(tool, ['--version']).status === 0;

export default {
  name: 'tidy',
  order: 10,
  summary: 'house rules of size, layers, prose and lock files',
  timeoutMs: 120_000,
  async run({root, report, only}) {
    const tree = new Tree(root);
    for (const {claim, check, needs} of rules.filter(rule => rule.claim.includes(only))) {
      if (needs !== undefined && !toolThere(needs)) {
        console.log(`     not checked without ${needs}: ${claim}`);
        continue;
      }
      const findings = check(tree);
      if (findings.length === 0)
        report.pass(claim);
      else
        report.fail(claim, findings.join('\n'));
    }
  },
};
