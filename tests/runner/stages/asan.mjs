// AddressSanitizer and UndefinedBehaviorSanitizer over the host side.

import {runSanitized} from '../sanitized.mjs';

export default {
  name: 'asan',
  order: 60,
  slow: true,
  summary: 'host side under AddressSanitizer and UBSan: unit tests and end to end',
  timeoutMs: 45 * 60_000,
  run: context => runSanitized('asan', context, {
    env: {
      ASAN_OPTIONS: 'detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1:' +
          'quarantine_size_mb=32',
      UBSAN_OPTIONS: 'halt_on_error=1:print_stacktrace=1',
    },
    endToEnd: true,
    wanted: () => true,
    more: ['kiosk', 'kiosk-guest', 'kiosk-web', 'minimal-host', 'payments-only', 'jail-probe'],
  }),
};
