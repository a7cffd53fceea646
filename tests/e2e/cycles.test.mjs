// Opening and closing leaves nothing: the benchmark in short (`kiosk-bench cycles` does 10,000).

import assert from 'node:assert/strict';
import {join} from 'node:path';
import {test} from 'node:test';

import {run} from '../runner/process.mjs';
import {buildDir, slowness} from '../support/kiosk.mjs';

const skip = slowness > 1 && 'a sanitizer\'s memory says nothing';

test(
    '300 sessions opened and closed leave memory, descriptors and processes flat', {skip},
    async () => {
      const {code, stdout, stderr} =
          await run(join(buildDir, 'bin/kiosk-bench'), ['cycles', '300'], {timeoutMs: 240_000});
      assert.equal(code, 0, `${stdout}\n${stderr}`);
      const last = JSON.parse(stdout.trim().split('\n').at(-1));
      assert.equal(last.flat, true);
    });
