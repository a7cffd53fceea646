// ThreadSanitizer over the host side's own threads. Tests that fork are left out: TSan ends threads
// that are made after a fork from a threaded process.

import {runSanitized} from '../sanitized.mjs';

export default {
  name: 'tsan',
  order: 70,
  slow: true,
  summary: 'host side under ThreadSanitizer: unit tests that start no guest',
  timeoutMs: 20 * 60_000,
  run: context => runSanitized('tsan', context, {
    env: {TSAN_OPTIONS: 'halt_on_error=1:second_deadlock_stack=1'},
    endToEnd: false,
    wanted: test => !(test.properties.LABELS ?? []).includes('forks'),
  }),
};
