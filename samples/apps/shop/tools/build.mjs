// Builds the mini-app into dist/: the folder that `kiosk run` takes and `kiosk pack` packs.
//
//   node tools/build.mjs                  a shop without a server, as it is packed
//   node tools/build.mjs ORIGIN FOLDER    for development: its server is at ORIGIN, into FOLDER

import {build} from 'esbuild';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {emptyDist, writeManifest} from '../../../tools/app_folder.mjs';

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const [origin = '', folder] = process.argv.slice(2);
const dist = folder ?? emptyDist(app);
mkdirSync(dist, {recursive: true});

await build({
  entryPoints: [join(app, 'src/app.tsx')],
  outfile: join(dist, 'app.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  define: {SHOP_ORIGIN: JSON.stringify(origin)},
  minify: true,
  legalComments: 'none',
});
writeManifest(app, dist);
if (origin !== '') {
  const path = join(dist, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  manifest.network.dev_domains = [origin];
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
