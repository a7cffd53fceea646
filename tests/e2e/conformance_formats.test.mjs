// What others read of a conformance report: report.sarif holds to the standard's schema, and
// `render` makes the same files again, of a sound report alone.

import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {test} from 'node:test';

import {render, reportOf, runOf, suiteRuns} from '../support/conformance_report.mjs';
import {kiosk, temporaryFolder, writeFiles} from '../support/kiosk.mjs';

const require = createRequire(import.meta.url);
const formats = ['junit.xml', 'report.sarif', 'report.html'];

/// Whether a log holds to the schema of SARIF; what is wrong is in its `errors`.
const Ajv = require('ajv-draft-04');
const ajv = new Ajv({strict: false, allErrors: true, unicodeRegExp: false});
require('ajv-formats')(ajv);
const isSarif = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

const gap = {
  id: 'A-002',
  owner: 'sums',
  reason: 'not {0} yet',
  until: '2027-01-31'
};
const failed = {
  verdict: 'fail',
  findings: ['the host died', 'see [this](https://evil.example/)']
};
const small = () => reportOf(
    [
      runOf({id: 'A-001', ...failed, file: 'own/a b%#?:é.js', outcome: 'nothing'}),
      runOf({id: 'A-001', way: 'jitless'}),
      runOf({id: 'A-002', verdict: 'known-gap', findings: ['it said {0}']}),
    ],
    {knownGaps: [gap]});

const sarifOf = out => JSON.parse(readFileSync(join(out, 'report.sarif'), 'utf8'));

test(
    'report.sarif holds to the schema of SARIF 2.1.0, for the whole suite and for failures',
    async () => {
      for (const text of [small(), reportOf(suiteRuns())]) {
        const {result, out} = await render(text);
        assert.equal(result.code, 0, result.stdout + result.stderr);
        const log = sarifOf(out);
        assert.ok(isSarif(log), JSON.stringify(isSarif.errors));
        log.runs[0].results[0].kind = 'passed';
        assert.ok(!isSarif(log));
      }
    });

test(
    'report.sarif has a rule for each case, a result for each run, a suppression for a known gap',
    async () => {
      const {out} = await render(small());
      const [run] = sarifOf(out).runs;
      assert.deepEqual(run.tool.driver.rules.map(rule => rule.id), ['A-001', 'A-002']);
      assert.equal(run.automationDetails.id, `conformance/${'ab'.repeat(32)}`);
      assert.deepEqual(
          run.results.map(
              ({ruleIndex,
                kind,
                level,
                properties}) => [ruleIndex, kind, level, properties.way, properties.outcome]),
          [
            [0, 'fail', 'error', 'jit', 'nothing'],
            [0, 'pass', 'none', 'jitless', 'ok'],
            [1, 'fail', 'error', 'jit', 'ok'],
          ]);
      // Brackets and braces are escaped: they would be a link, or stand for an argument.
      assert.equal(
          run.results[0].message.text, 'the host died; see [this\\](https://evil.example/)');
      assert.equal(run.results[2].message.text, 'it said {{0}}');
      const {artifactLocation} = run.results[0].locations[0].physicalLocation;
      assert.deepEqual(
          artifactLocation, {uri: 'own/a%20b%25%23%3F%3A%C3%A9.js', uriBaseId: 'SUITE'});
      assert.equal(run.results[0].suppressions, undefined);
      assert.deepEqual(run.results[2].suppressions, [{
                         kind: 'external',
                         status: 'accepted',
                         justification: gap.reason,
                         properties: {owner: gap.owner, until: gap.until},
                       }]);
    });

test('render makes the files of a run again, byte for byte', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, {
    'own/sum.js': `/*---
id: MINE-001
title: a sum
level: 1
expect: ok
---*/
equal(1 + 1, 3, 'the sum');
`,
    'known-gaps.json': JSON.stringify([{...gap, id: 'MINE-001'}]),
  });
  const key = join(folder, 'reviewer.key');
  assert.equal((await kiosk(['keygen', key])).code, 0);
  const out = join(folder, 'report');
  const run = await kiosk([
    'conformance',
    '--out',
    out,
    '--cases',
    folder,
    '--filter',
    'MINE-',
    '--today',
    '2027-01-31',
    '--key',
    key,
  ]);
  assert.equal(run.code, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /known gap of sums until 2027-01-31: not \{0\} yet/);
  const again = join(folder, 'again');
  const rendered = await kiosk([
    'conformance',
    'render',
    join(out, 'report.json'),
    '--out',
    again,
    '--key',
    `${key}.pub`,
  ]);
  assert.equal(rendered.code, 0, rendered.stdout + rendered.stderr);
  for (const name of formats) {
    assert.deepEqual(readFileSync(join(again, name)), readFileSync(join(out, name)), name);
  }
});

test('render refuses a report that is not sound, or not signed by the key given', async () => {
  const text = small();
  const key = join(temporaryFolder(), 'reviewer.key');
  assert.equal((await kiosk(['keygen', key])).code, 0);
  const listed = JSON.stringify(gap);
  const otherGap = JSON.stringify({...gap, id: 'A-009'});
  const cases = [
    [text.replace('"levelPassed":null', '"levelPassed":5'), [], /level passed is not that/],
    [text.replace('"owner":"sums",', ''), [], /known gap has not the members/],
    [text.replace('2027-01-31', '2027-01-99'), [], /until no day/],
    [
      text.replace('"id":"A-002","owner"', '"id":"A-001","owner"'), [], /of a known gap and is none/
    ],
    [
      text.replace(listed, `${listed},${otherGap}`), [],
      /A-009 is a known gap of no run that failed/
    ],
    [text.replace(listed, `${otherGap},${listed}`), [], /not in the order of known gaps/],
    [text.replace('"file":"realm/a.js",', ''), [], /not the members of a run/],
    [text.replace('"name":"V8"', '"name":8'), [], /its engine/],
    [text.replace('"cases":2', '"cases":"2"'), [], /its suite/],
    [text.replace('["jit","jitless"]', '["jit",1]'), [], /its tiers/],
    [text, ['--key', `${key}.pub`], /it is not signed/],
  ];
  for (const [edited, more, why] of cases) {
    const {result, out} = await render(edited, ...more);
    assert.ok(edited !== text || more.length > 0, String(why));
    assert.equal(result.code, 1, `${why}: ${result.stdout}${result.stderr}`);
    assert.match(result.stdout, why);
    assert.equal(existsSync(out), false, `${why}: nothing is written`);
  }
});
