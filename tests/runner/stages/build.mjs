// The build: the set-up has made it, and what it must leave behind is there.

import {accessSync, constants} from 'node:fs';
import {join} from 'node:path';

export default {
  name: 'build',
  order: 0,
  summary: 'the set-up left the programs where they belong',
  timeoutMs: 60_000,
  async run({root, report}) {
    for (const program
             of ['build/bin/kiosk', 'build/bin/kiosk-guest', 'build/libexec/kiosk/forger-guest']) {
      try {
        accessSync(join(root, program), constants.X_OK);
        report.pass(program);
      } catch (error) {
        report.fail(program, error.message);
      }
    }
  },
};
