// Builds the mini-app into dist/: the folder that `kiosk run` takes and `kiosk pack` packs.

import {build} from 'esbuild';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {drawPicture, emptyDist, writeManifest} from '../../../tools/app_folder.mjs';

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = emptyDist(app);

await build({
  entryPoints: [join(app, 'src/app.ts')],
  outfile: join(dist, 'app.js'),
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  // Templates are render functions here: the part of Vue that compiles them is left out.
  alias: {vue: 'vue/dist/vue.runtime.esm-bundler.js'},
  define: {
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
  },
});
writeManifest(app, dist);
drawPicture(join(app, 'pictures/hills.svg'), join(dist, 'pictures/hills.png'));
