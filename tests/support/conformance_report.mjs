// Reports of `kiosk conformance` made up by tests: sound and unsigned, so that `render` takes them.

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

import {kiosk, root, temporaryFolder} from './kiosk.mjs';

const levelMax = 5;
const emptyCount = () => ({pass: 0, fail: 0, knownGap: 0});

/// RFC 8785 for what a report holds: texts, lists, maps, null and small integers.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map(name => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

function totalsOf(runs) {
  const all = emptyCount();
  const byFamily = {};
  const byLevel = Array.from({length: levelMax + 1}, (_, level) => ({...emptyCount(), level}));
  for (const {family, level, verdict} of runs) {
    const member = verdict === 'known-gap' ? 'knownGap' : verdict;
    byFamily[family] ??= emptyCount();
    for (const count of [all, byFamily[family], byLevel[level]]) ++count[member];
  }
  return {all, byFamily, byLevel};
}

function levelPassedBy(runs, filter) {
  if (filter !== '') return null;
  const heldBack =
      Math.min(levelMax + 1, ...runs.filter(run => run.verdict !== 'pass').map(run => run.level));
  const passed = runs.map(run => run.level).filter(level => level < heldBack);
  return passed.length === 0 ? null : Math.max(...passed);
}

/// A run as report.json holds it, `more` over a passed one.
export const runOf = more => ({
  id: 'A-001',
  title: 'a promise',
  level: 1,
  family: 'realm',
  file: 'realm/a.js',
  way: 'jit',
  outcome: 'ok',
  findings: [],
  verdict: 'pass',
  ...more,
});

/// report.json of `runs`, which are in the order of ids; `more` over its other members.
export function reportOf(runs, more = {}) {
  const filter = more.filter ?? '';
  return canonical({
    format: 'kiosk-conformance-report/1',
    suite: {cases: new Set(runs.map(run => run.id)).size, digest: 'ab'.repeat(32)},
    host: {name: 'kiosk', version: '0.1.0'},
    engine: {name: 'V8', version: '10.2.154.26'},
    tiers: ['jit', 'jitless'],
    seed: 7,
    level: levelMax,
    filter,
    knownGaps: [],
    totals: totalsOf(runs),
    levelPassed: levelPassedBy(runs, filter),
    runs,
    ...more,
  });
}

/// Runs of every case of the suite, as if all had passed in both tiers.
export function suiteRuns() {
  const folder = join(root, 'tests/conformance/cases');
  const runs = [];
  for (const file of readdirSync(folder, {recursive: true}).filter(name => name.endsWith('.js'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const field = name =>
        new RegExp(`^${name}: (.*)$`, 'm').exec(text)[1].replace(/^"(.*)"$/, '$1');
    const run = {
      id: field('id'),
      title: field('title'),
      level: Number(field('level')),
      family: file.split('/')[0],
      file,
    };
    for (const way of ['jit', 'jitless']) runs.push(runOf({...run, way}));
  }
  return runs.sort((a, b) => a.id < b.id ? -1 : a.id > b.id ? 1 : a.way < b.way ? -1 : 1);
}

/// What `kiosk conformance render` makes of the report `text`: its result, and the folder.
export async function render(text, ...more) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'report.json'), text);
  const out = join(folder, 'pages');
  const result =
      await kiosk(['conformance', 'render', join(folder, 'report.json'), '--out', out, ...more]);
  return {result, out};
}
