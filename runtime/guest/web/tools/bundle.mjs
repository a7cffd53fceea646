// Bundles the guest's JavaScript into one classic script expression and embeds it into a C++
// header.
//
//   node bundle.mjs --out HEADER [--js FILE] [--no-minify]
//
// The script evaluates to the function bootstrap(natives). It is pure ASCII, and the same sources
// give the same bytes. Made here, because it is data of the build: the list of ES features to take
// from core-js, the catalogue's methods and the table of error codes.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeFileSync } from 'node:fs';
import { catalogueModule, errorsModule } from './catalogue.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../../..');
const sdk = join(root, 'sdk/js');
const requireFromSdk = createRequire(join(sdk, 'package.json'));

function esbuild() {
  try {
    return requireFromSdk('esbuild');
  } catch {
    throw new Error(
      'sdk/js/node_modules is missing: run `npm ci` in sdk/js, or sdk/setup/setup.sh',
    );
  }
}

// What Node 18 (V8 10.2) lacks, without what cannot work as a polyfill or must not be replaced:
// json.* and rawJSON would put JavaScript in the place of a built-in that the bootstrap leans on;
// regexp.flags and array.push repair details and cost V8's fast paths.
const kLeftOut = new Set([
  'es.json.is-raw-json',
  'es.json.parse',
  'es.json.raw-json',
  'es.json.stringify',
  'es.regexp.flags',
  'es.array.push',
]);

function esFeaturesModule() {
  const compat = requireFromSdk('core-js-compat');
  const { list } = compat({ targets: { node: '18.20' }, modules: [/^es\./] });
  return list
    .filter((name) => !kLeftOut.has(name))
    .map((name) => `import 'core-js/modules/${name}.js';`)
    .join('\n');
}

const virtualModules = {
  'kiosk:es-features': esFeaturesModule,
  'kiosk:catalogue': () => catalogueModule(join(root, 'bridge')),
  'kiosk:errors': () => errorsModule(join(root, 'runtime/include/kiosk/error.h')),
};

const plugin = {
  name: 'kiosk',
  setup(build) {
    build.onResolve({ filter: /^kiosk:/ }, ({ path }) => ({ path, namespace: 'kiosk' }));
    build.onLoad({ filter: /.*/, namespace: 'kiosk' }, ({ path }) => ({
      contents: virtualModules[path](),
      resolveDir: sdk,
    }));
  },
};

/**
 * The script expression as text. Only white space is taken out: names of functions and classes are
 * what apps see, and what stacks say; esbuild's keepNames would define them again for each closure
 * at run time.
 */
export async function bundle({ minify = true } = {}) {
  const result = await esbuild().build({
    entryPoints: [join(here, '../bootstrap.js')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kioskBundle',
    target: 'node18.12',
    platform: 'neutral',
    charset: 'ascii',
    minifyWhitespace: minify,
    legalComments: 'none',
    plugins: [plugin],
    mainFields: ['module', 'main'],
    nodePaths: [join(sdk, 'node_modules')],
    logLevel: 'warning',
  });
  const code = result.outputFiles[0].text.trim();
  const script =
    `(()=>{${code.startsWith('"use strict";') ? '' : '"use strict";'}${code}` +
    '\nreturn kioskBundle.bootstrap})()\n';
  const foreign = script.search(/[^\x00-\x7f]/);
  if (minify && foreign >= 0) throw new Error(`the bundle is not ASCII at offset ${foreign}`);
  return script;
}

function header(script) {
  const lines = [];
  for (let i = 0; i < script.length; i += 24) {
    const bytes = [];
    for (let k = i; k < Math.min(i + 24, script.length); k++) bytes.push(script.charCodeAt(k));
    lines.push(`    ${bytes.join(',')},`);
  }
  return `#pragma once
// Made by runtime/guest/web/tools/bundle.mjs at build time.

#include <string_view>

namespace kiosk::guest {

inline constexpr char kBootstrapBundle[] = {
${lines.join('\n')}
};

/// The guest's JavaScript as one script expression in ASCII; it evaluates to bootstrap(natives).
inline std::string_view bootstrapSource() { return {kBootstrapBundle, sizeof kBootstrapBundle}; }

}  // namespace kiosk::guest
`;
}

function argument(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const script = await bundle({ minify: !process.argv.includes('--no-minify') });
  if (argument('--js') !== undefined) writeFileSync(argument('--js'), script);
  if (argument('--out') !== undefined) writeFileSync(argument('--out'), header(script));
}
