// Builds the page into dist/: index.html, app.js, app.css. Nothing in it names another origin, and
// the page has no inline script or style, so the strictest CSP fits it.

import {build} from 'esbuild';
import {cpSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {drawIcon} from './icon.mjs';

const page = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(page, 'dist');

rmSync(dist, {recursive: true, force: true});
mkdirSync(dist, {recursive: true});
await build({
  entryPoints: {app: join(page, 'src/main.tsx')},
  outdir: dist,
  bundle: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  legalComments: 'none',
  charset: 'utf8',
});
await build({
  entryPoints: {app: join(page, 'styles/app.css')},
  outdir: dist,
  bundle: true,
  minify: true,
  target: ['chrome109', 'firefox115', 'safari16'],
});
cpSync(join(page, 'index.html'), join(dist, 'index.html'));
writeFileSync(join(dist, 'icon.png'), drawIcon());
