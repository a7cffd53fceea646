// The folder that is packed, from an app's own: its files, with every SVG icon of the manifest
// drawn as PNG, for a host shows raster images only.
//
//   node samples/tools/app_folder.mjs FROM TO      an app without a build step, e.g. apps/hello

import {Resvg} from '@resvg/resvg-js';
import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const iconPixels = 192;
const notPacked = /(^|\/)(README\.md|tour\.jsonl|\.[^/]*)$/;

/// The picture as the bytes of a PNG file; no font of the machine is used.
function drawn(svg) {
  const options = {fitTo: {mode: 'width', value: iconPixels}, font: {loadSystemFonts: false}};
  return new Resvg(svg, options).render().asPng();
}

/// Writes the manifest of `app`, its texts and its icons into `folder`.
export function writeManifest(app, folder) {
  const manifest = JSON.parse(readFileSync(join(app, 'manifest.json'), 'utf8'));
  for (const icon of manifest.icons ?? []) {
    const picture = readFileSync(join(app, icon.src));
    const isSvg = icon.src.endsWith('.svg');
    if (isSvg) {
      icon.src = icon.src.replace(/\.svg$/, '.png');
      icon.sizes = `${iconPixels}x${iconPixels}`;
    }
    mkdirSync(dirname(join(folder, icon.src)), {recursive: true});
    writeFileSync(join(folder, icon.src), isSvg ? drawn(picture) : picture);
  }
  const texts = join(app, 'i18n');
  if (existsSync(texts)) cpSync(texts, join(folder, 'i18n'), {recursive: true});
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/// Draws the SVG file `from` as the PNG file `to`.
export function drawPicture(from, to) {
  mkdirSync(dirname(to), {recursive: true});
  writeFileSync(to, drawn(readFileSync(from)));
}

/// An empty folder `dist` in `app`.
export function emptyDist(app) {
  const dist = join(app, 'dist');
  rmSync(dist, {recursive: true, force: true});
  mkdirSync(dist, {recursive: true});
  return dist;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2);
  rmSync(to, {recursive: true, force: true});
  cpSync(from, to, {
    recursive: true,
    filter: path => !notPacked.test(path.slice(from.length)) && !path.endsWith('.svg'),
  });
  writeManifest(from, to);
}
