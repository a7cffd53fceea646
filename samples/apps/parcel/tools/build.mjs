// Builds the mini-app into dist/: the folder that `kiosk run` takes and `kiosk pack` packs.

import {build} from 'esbuild';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {emptyDist, writeManifest} from '../../../tools/app_folder.mjs';
import {writeOrders} from './sign-orders.mjs';

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = emptyDist(app);

writeOrders(join(app, 'data/orders.json'));
await build({
  entryPoints: [join(app, 'src/app.tsx')],
  outfile: join(dist, 'app.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  legalComments: 'none',
});
writeManifest(app, dist);
