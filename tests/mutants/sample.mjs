// Draws mutants from the places of the security core, by seed and in proportion to each file's
// places, and writes them into a copy of the tree.

import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

import {isIdle} from './equivalent.mjs';
import {findPlaces} from './places.mjs';
import {areas} from './security_core.mjs';

const header = 'runtime/base/mutant.h';
const headerText = `#pragma once
#include <cstdlib>

namespace kiosk_mutants {
/// Whether KIOSK_MUTANT names this mutant.
inline bool on(unsigned long number) {
  static const char* const text = std::getenv("KIOSK_MUTANT");
  static const unsigned long chosen = text == nullptr ? 0 : std::strtoul(text, nullptr, 10);
  return chosen == number;
}
}  // namespace kiosk_mutants
`;

/// Numbers of [0, 1) that follow from `seed` (mulberry32).
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled(list, random) {
  const all = [...list];
  for (let i = all.length - 1; i > 0; --i) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/// All places in a random order that takes one of each operator before a second of any: most
/// places are comparisons for equality, and most of those break everything.
function inTurn(places, random) {
  const seen = {};
  const ranked = shuffled(places, random).map(place => {
    seen[place.operator] = (seen[place.operator] ?? 0) + 1;
    return {place, rank: seen[place.operator]};
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({place}) => place);
}

/// The files of the tree that git knows or would add.
function filesOf(root) {
  const listed = spawnSync(
      'git', ['ls-files', '-co', '--exclude-standard', '-z'], {cwd: root, encoding: 'utf8'});
  if (listed.status !== 0) throw new Error(`git could not list the files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter(path => path !== '');
}

/// Names of the constants that are whole numbers.
function wholeNumbers(root, files) {
  const names = new Set();
  const pattern = /constexpr (?:std::)?(?:size_t|u?int\d+_t|int|unsigned) (k[A-Z]\w*)/g;
  for (const file of files.filter(path => /^(runtime|bridge)\/.*\.(h|cc)$/.test(path))) {
    for (const [, name] of readFileSync(join(root, file), 'utf8').matchAll(pattern))
      names.add(name);
  }
  return names;
}

/// How many of `count` each file gets, at least one.
function sharesOf(lists, count) {
  const all = lists.reduce((sum, {places}) => sum + places.length, 0);
  return lists.map(({places}) => Math.max(1, Math.round(count * places.length / all)));
}

/// Draws about `count` mutants: [{number, area, file, line, operator, before, after, place}], no
/// two of which overlap, and `places`, how many there were to draw from.
export function drawMutants(root, count, seed) {
  const constants = wholeNumbers(root, filesOf(root));
  const random = randomOf(seed);
  const lists = areas.flatMap(area => area.files.map(file => {
    const text = readFileSync(join(root, file), 'utf8');
    const places = findPlaces(text, name => constants.has(name))
                       .map(place => ({...place, before: text.slice(place.start, place.end)}))
                       .filter(place => !isIdle(place));
    return {area, file, places};
  }));
  const shares = sharesOf(lists, count);
  const mutants = [];
  lists.forEach(({area, file, places}, i) => {
    const taken = [];
    for (const place of inTurn(places, random)) {
      if (taken.length === shares[i]) break;
      if (taken.every(one => one.end <= place.start || place.end <= one.start)) taken.push(place);
    }
    for (const place of taken.sort((a, b) => a.start - b.start)) {
      const {line, operator, before, plain} = place;
      mutants.push(
          {number: mutants.length + 1, area, file, line, operator, before, after: plain, place});
    }
  });
  return {mutants, places: lists.reduce((sum, one) => sum + one.places.length, 0)};
}

/// The text of a file with `mutants` of it, each asleep until its number is chosen.
export function weave(text, mutants) {
  let woven = text;
  for (const {number, place} of [...mutants].sort((a, b) => b.place.start - a.place.start)) {
    woven = woven.slice(0, place.start) + place.switched(number) + woven.slice(place.end);
  }
  return `#include "${header}"\n${woven}`;
}

/// Copies the tree into the folder `to` with the mutants woven in. A file that is there already as
/// it should be is left alone, so that only what changed is built again.
export function writeTree(root, to, mutants) {
  const write = (file, bytes) => {
    const path = join(to, file);
    try {
      if (readFileSync(path).equals(bytes)) return;
    } catch {
      mkdirSync(dirname(path), {recursive: true});
    }
    writeFileSync(path, bytes);
  };
  for (const file of filesOf(root)) {
    const own = mutants.filter(mutant => mutant.file === file);
    const bytes = readFileSync(join(root, file));
    write(file, own.length === 0 ? bytes : Buffer.from(weave(bytes.toString('utf8'), own)));
  }
  write(header, Buffer.from(headerText));
}
