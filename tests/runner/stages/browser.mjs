// The web host in Debian's chromium: every tests/browser/*.test.mjs is one node:test file. Pictures
// of what they saw are in build/screenshots.

import {existsSync} from 'node:fs';
import {join} from 'node:path';

import {runNodeTests} from '../node_tests.mjs';

export default {
  name: 'browser',
  order: 45,
  summary: 'the messenger of the web host, in a real browser',
  timeoutMs: 10 * 60_000,
  async run(context) {
    const build = join(context.root, 'build');
    if (!existsSync(process.env.KIOSK_CHROMIUM ?? '/usr/bin/chromium')) {
      context.report.skip('the whole stage', 'there is no chromium (KIOSK_CHROMIUM names another)');
      return;
    }
    await runNodeTests(join(context.root, 'tests/browser'), context, build);
  },
};
