// Unit tests: every program that CMake registers with ctest (tests/unit/<layer>/*_test.cc).

import {join} from 'node:path';

import {runDoctests} from '../doctests.mjs';

export default {
  name: 'unit',
  order: 20,
  summary: 'doctest programs of tests/unit',
  timeoutMs: 15 * 60_000,
  run: context => runDoctests(join(context.root, 'build'), context),
};
