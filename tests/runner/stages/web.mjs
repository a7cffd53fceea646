// The JavaScript of the guest: its own tests on Node's V8, and in the real guest what needs it.

import {join} from 'node:path';

import {runNodeTests} from '../node_tests.mjs';

export default {
  name: 'web',
  order: 25,
  summary: 'the web APIs, the DOM and the bridge\'s JavaScript half',
  timeoutMs: 10 * 60_000,
  run: context => runNodeTests(
      join(context.root, 'tests/web-platform'), context, join(context.root, 'build'),
      {env: {NODE_OPTIONS: '--experimental-vm-modules --no-warnings'}}),
};
