// Goal: Preact, React and Vue work unmodified in the guest, rendering into document.body. Method:
// the same small app in each, built by esbuild as a partner would, and driven by the same steps:
// state, effects, a controlled input, keyed lists that are reordered, a button that is disabled.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kiosk, lastEvent, root, writeApp, writeSteps } from '../support/kiosk.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(root, 'sdk/js');
const esbuild = createRequire(join(sdk, 'package.json'))('esbuild');

const steps = [
  { expect: 'Count 0' },
  { tap: 'Add' },
  { expect: 'Count 1' },
  { expect: 'effect ran 1' },
  { type: 'ivan', into: 'Name' },
  { expect: 'Hello IVAN' },
  { tap: 'Reverse' },
  { tap: 'Drop' },
  { tap: 'Add' },
  { expect: 'effect ran 2' },
  { tap: 'Gate' },
  { expect: 'gate open' },
];

async function build(file, options) {
  const result = await esbuild.build({
    entryPoints: [join(here, 'frameworks', file)],
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2022',
    nodePaths: [join(sdk, 'node_modules')],
    logLevel: 'error',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    ...options,
  });
  return result.outputFiles[0].text;
}

// Forms: event delegation, controlled fields that refuse what was typed, a select, radio buttons,
// a form that is sent; React's lazy and use(), Vue's v-model with modifiers, async setup.
const formSteps = [
  { expect: 'data came' },
  { tap: 'Agree' },
  { tap: 'family' },
  { type: 'c', into: 'Child' },
  { type: 'hello', into: 'Note' },
  { type: '12x', into: 'Digits' },
  { expect: 'now true family c hello 12' },
  { tap: 'Send' },
  { expect: 'sent true family c hello 12' },
];
const forms = {
  react: ['forms.react.jsx', [{ tap: 'Stuck' }, { expect: 'lazy came' }, ...formSteps]],
  vue: ['forms.vue.js', [{ expect: 'fades' }, ...formSteps, { expect: 'faded away' }]],
};
for (const [name, [file, formSteps]] of Object.entries(forms)) {
  test(`${name}: forms behave as in a browser`, async () => {
    const app = writeApp(await build(file, {}));
    const result = await kiosk(['run', app, '--events', '--steps', writeSteps(formSteps)]);
    assert.equal(result.code, 0, result.stderr);
    assert.deepEqual(
      result.events.filter(({ event }) => event === 'log'),
      [],
    );
    const view = lastEvent(result, 'view').text;
    assert.match(view, /Digits: \[12\]/);
    assert.doesNotMatch(view, /fades/);
    if (name !== 'react') return;
    assert.match(view, /\[x\] Stuck/);
    assert.match(view, /heard click input;.*click button;/);
  });
}

const apps = {
  preact: ['preact.jsx', { jsxFactory: 'h' }],
  react: ['react.jsx', {}],
  vue: ['vue.js', {}],
};
for (const [name, [file, options]] of Object.entries(apps)) {
  for (const tier of ['jit', 'jitless']) {
    test(`${name} renders, updates and hears the user, ${tier}`, async () => {
      const app = writeApp(await build(file, options));
      const args = ['run', app, '--events', '--steps', writeSteps(steps), '--tier', tier];
      const result = await kiosk(args);
      assert.equal(result.code, 0, result.stderr);
      assert.deepEqual(
        result.events.filter(({ event }) => event === 'log'),
        [],
      );
      assert.match(lastEvent(result, 'view').text, /- b\n- a\n/);
    });
  }
}
