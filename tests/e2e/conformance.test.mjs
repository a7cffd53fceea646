// kiosk conformance: a report that another reviewer reproduces, and that no edit survives.

import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, temporaryFolder, writeFiles} from '../support/kiosk.mjs';

const filter = 'guest/modules.js';

const ownCase = (more = '') => `/*---
id: MINE-001
title: a case of a reviewer's own
level: 1
${more}expect: ok
---*/
equal(1 + 1, 2, 'the sum');
`;

async function conformance(out, ...more) {
  return kiosk(['conformance', '--out', out, ...more]);
}

/// A signed report of a small part of the suite: its folder and the key's path.
async function signedReport() {
  const folder = temporaryFolder();
  const key = join(folder, 'reviewer.key');
  assert.equal((await kiosk(['keygen', key])).code, 0);
  const run = name =>
      conformance(join(folder, name), '--filter', filter, '--seed', '7', '--key', key);
  for (const name of ['one', 'two']) {
    const result = await run(name);
    assert.equal(result.code, 0, result.stdout + result.stderr);
  }
  return {folder, key};
}

test('two runs with one seed give one report, and verify refuses each edit of it', async () => {
  const {folder, key} = await signedReport();
  for (const name
           of ['report.json', 'report.sig.json', 'junit.xml', 'report.sarif', 'report.html']) {
    assert.deepEqual(
        readFileSync(join(folder, 'one', name)), readFileSync(join(folder, 'two', name)), name);
  }
  const path = join(folder, 'one/report.json');
  const verify = (...more) => kiosk(['conformance', 'verify', path, ...more]);
  const sound = await verify('--key', `${key}.pub`);
  assert.equal(sound.code, 0, sound.stdout + sound.stderr);
  assert.match(sound.stdout, /^report: sound, signed/m);
  assert.match((await verify()).stdout, /nothing says whose key that is/);

  const text = readFileSync(path, 'utf8');
  const edits = [
    [text => text.replace('"verdict":"pass"', '"verdict":"fail"'), /verdict/],
    [text => text.replace(/"pass":\d+/, '"pass":99'), /totals/],
    [text => text.replace('"levelPassed":null', '"levelPassed":5'), /level passed/],
    [text => text.replace('"seed":7', '"seed":8'), /another report/],
    [text => `${text}\n`, /canonical/],
  ];
  for (const [edit, why] of edits) {
    assert.notEqual(edit(text), text, String(why));
    writeFileSync(path, edit(text));
    const refused = await verify();
    assert.equal(refused.code, 1, refused.stdout);
    assert.match(refused.stdout, why);
  }
});

test('a folder of a reviewer joins the suite, and changes its digest', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {'cases/own/sum.js': ownCase()});
  const out = join(folder, 'report');
  const result = await conformance(out, '--cases', join(folder, 'cases'), '--filter', 'MINE-');
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  assert.deepEqual(report.runs.map(({id, way, verdict}) => [id, way, verdict]), [
    ['MINE-001', 'jit', 'pass'],
    ['MINE-001', 'jitless', 'pass'],
  ]);
  assert.match(result.stdout, /not signed/);
  await conformance(join(folder, 'other'), '--filter', filter);
  const other = JSON.parse(readFileSync(join(folder, 'other/report.json'), 'utf8'));
  assert.notEqual(other.suite.digest, report.suite.digest);
});

test('a broken case is refused with file and line, and nothing is run', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {'own/one.js': ownCase('tier: fast\n'), 'own/two.js': ownCase('levle: 2\n')});
  const result = await conformance(join(folder, 'report'), '--cases', folder);
  assert.equal(result.code, 2, result.stdout);
  assert.match(result.stderr, /own\/one\.js:5: "tier" is jit, jitless or both/);
  assert.match(result.stderr, /own\/two\.js:5: "levle" is not a key of a case/);
});

test('a known gap counts until its day, and one whose case passes is a failure', async () => {
  const folder = temporaryFolder();
  const fails = ownCase().replace('equal(1 + 1, 2', 'equal(1 + 1, 3');
  const gap = [{id: 'MINE-001', owner: 'sums', reason: 'not yet', until: '2027-01-31'}];
  writeFiles(folder, {'own/sum.js': fails, 'known-gaps.json': JSON.stringify(gap)});
  const run = (...more) =>
      conformance(join(folder, 'report'), '--cases', folder, '--filter', 'MINE-', ...more);
  const known = await run('--today', '2027-01-31');
  assert.equal(known.code, 0, known.stdout + known.stderr);
  assert.match(known.stdout, /2 known gaps/);
  const expired = await run('--today', '2027-02-01');
  assert.equal(expired.code, 1);
  assert.match(expired.stdout, /was good until 2027-01-31/);
  writeFiles(folder, {'own/sum.js': ownCase()});
  const passed = await run('--today', '2027-01-31');
  assert.equal(passed.code, 1);
  assert.match(passed.stdout, /it passed, and known-gaps\.json says that it does not/);
});
