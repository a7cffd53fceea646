// End to end: the programs as a person starts them. Every tests/e2e/*.test.mjs is one node:test
// file.

import {join} from 'node:path';

import {runNodeTests} from '../node_tests.mjs';

export default {
  name: 'e2e',
  order: 40,
  summary: 'the tool\'s contract and the samples, as a person starts them',
  timeoutMs: 15 * 60_000,
  run: context =>
      runNodeTests(join(context.root, 'tests/e2e'), context, join(context.root, 'build')),
};
