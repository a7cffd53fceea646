// A reviewer's folder of cases, written from docs/conformance.md alone: it is run, counted and
// reported like the suite's own, and a promise in it that the host does not keep is a failure.

import assert from 'node:assert/strict';
import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {kiosk, root, temporaryFolder} from '../support/kiosk.mjs';

const bank = join(root, 'tests/e2e/fixtures/bank_cases');
const runMsMax = 300_000;

/// Text of each case of `folder`, and its id.
const casesOf = folder =>
    readdirSync(folder).flatMap(family => readdirSync(join(folder, family)).map(name => {
      const path = join(folder, family, name);
      const text = readFileSync(path, 'utf8');
      return {path, family, text, id: /^id: (\S+)$/m.exec(text)[1]};
    }));

async function conformance(cases, filter) {
  const out = join(temporaryFolder(), 'report');
  const args = ['conformance', '--cases', cases, '--filter', filter, '--out', out];
  const result = await kiosk(args, {timeoutMs: runMsMax});
  const read = name => readFileSync(join(out, name), 'utf8');
  return {...result, read, report: () => JSON.parse(read('report.json'))};
}

test('a folder of twenty cases is reported like the suite: ids, totals, JUnit', async () => {
  const written = casesOf(bank);
  assert.equal(written.length, 20);
  const result = await conformance(bank, 'BANK-');
  assert.equal(result.code, 0, result.stdout + result.stderr);
  const {runs, totals, suite} = result.report();
  assert.deepEqual([...new Set(runs.map(({id}) => id))], written.map(({id}) => id).sort());
  assert.ok(suite.cases > written.length, 'the suite counts its own cases too');
  for (const family of new Set(written.map(one => one.family))) {
    const own = runs.filter(run => run.family === family).length;
    assert.equal(totals.byFamily[family].pass, own, family);
  }
  assert.deepEqual(totals.all, {fail: 0, knownGap: 0, pass: runs.length});
  const junit = result.read('junit.xml');
  for (const {id, way} of runs) assert.ok(junit.includes(`${id} ${way}`), `${id} ${way}`);
});

test(
    'a promise that the host does not keep fails, with what was wanted and what came', async () => {
      const folder = join(temporaryFolder(), 'cases');
      cpSync(bank, folder, {recursive: true});
      const {path, text} = casesOf(folder).find(({id}) => id === 'BANK-012');
      const wrong = text.replace('error: invalid_params', 'error: declined')
                        .replace('paymentsAsked: 0', 'paymentsAsked: 1');
      assert.notEqual(wrong, text);
      writeFileSync(path, wrong);
      const result = await conformance(folder, 'BANK-012');
      assert.equal(result.code, 1, result.stdout + result.stderr);
      const {runs, totals} = result.report();
      assert.deepEqual(totals.all, {fail: 2, knownGap: 0, pass: 0});
      for (const {findings} of runs) {
        assert.deepEqual(findings, [
          'error declined wanted, but: error invalid_params',
          'paymentsAsked is 0, not 1',
        ]);
      }
      assert.match(result.read('junit.xml'), /failures="2"/);
    });
