// The fuzz targets, and how one is run: shared by tests/runner/stages/fuzz.mjs and coverage.mjs.

import {existsSync, mkdirSync, readdirSync} from 'node:fs';
import {join} from 'node:path';

import {run} from '../runner/process.mjs';

/// The longest input that libFuzzer makes, in bytes: room for the widest JSON and a small package.
const inputBytesMax = 64 << 10;
/// One input may take so long under the sanitizers on a busy machine, in seconds.
const inputSecondsMax = 25;
/// Memory of one target, in MiB: an archive unpacks to at most 100 times its size.
const rssMiBMax = 2048;
/// Writing seeds takes at most so long.
const seedsMsMax = 60_000;

/// The names of all targets, sorted: one for each .cc file but entry.cc.
export function targetNames(root) {
  return readdirSync(join(root, 'tests/fuzz'))
      .filter(file => file.endsWith('.cc') && file !== 'entry.cc')
      .map(file => file.slice(0, -3).replaceAll('_', '-'))
      .sort();
}

/// The folders that `name` begins with: seeds of the tree, those that the target makes (written
/// anew), and what earlier runs found (`found`, which new finds go to). Throws when the target
/// cannot make its seeds.
export async function foldersOf(root, buildDir, name) {
  const made = join(buildDir, 'seeds', name), found = join(root, 'build-fuzz/corpus', name);
  for (const folder of [made, found]) mkdirSync(folder, {recursive: true});
  const written = await run(
      join(buildDir, 'bin', `fuzz-${name}`), [`--seeds=${made}`], {timeoutMs: seedsMsMax});
  if (written.code !== 0) throw new Error(`fuzz-${name} makes no seeds: ${written.stderr}`);
  const kept = join(root, 'tests/fuzz/seeds', name);
  return [found, made, ...(existsSync(kept) ? [kept] : [])];
}

/// What every run of `name` is given beside its folders.
export function boundsOf(root, name) {
  const dictionary = join(root, 'tests/fuzz/dictionaries', `${name}.dict`);
  return [
    `-max_len=${inputBytesMax}`,
    `-timeout=${inputSecondsMax}`,
    `-rss_limit_mb=${rssMiBMax}`,
    ...(existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
  ];
}
