// A case with `forge` as a reviewer writes it from the documentation, and what keeps its guest away
// from all else.

import assert from 'node:assert/strict';
import {copyFileSync, mkdirSync, readFileSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {run} from '../runner/process.mjs';
import {buildDir, kiosk, root, temporaryFolder, writeFiles} from '../support/kiosk.mjs';

const forgedCase = (id, forge, expect) => `/*---
id: ${id}
title: a forged guest is ended
level: 2
tier: jit
forge: ${forge}
expect: ${expect}
---*/
`;

/// Runs the cases of `files`; the tool's result and its report's runs.
async function judged(files) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const out = join(folder, 'report');
  const result = await kiosk(['conformance', '--cases', folder, '--filter', 'MINE-', '--out', out]);
  const {runs} = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'));
  const verify = await kiosk(['conformance', 'verify', join(out, 'report.json')]);
  assert.equal(verify.code, 0, verify.stdout);
  return {result, runs};
}

test('the case of the documentation holds, and its sessions are counted', async () => {
  const page = readFileSync(join(root, 'docs/conformance.md'), 'utf8');
  const [, text] = /(    \/\*---\n    id: MINE-003\n[^]*?---\*\/\n)/.exec(page);
  const {result, runs} = await judged({'forged/ids.js': text.replace(/^ {4}/gm, '')});
  assert.equal(result.code, 0, result.stdout + result.stderr);
  assert.equal(runs.length, 2);
  for (const entry of runs) assert.deepEqual(entry.tried, {asPromised: 2, count: 2});
});

test('a forged session that ends otherwise fails its run, and is named', async () => {
  const each = '{ each: [{ json: 1 }, { name: the good one, acts: { exit: 0 } }] }';
  const {result, runs} =
      await judged({'forged/wrong.js': forgedCase('MINE-003', each, 'ended protocol')});
  assert.equal(result.code, 1);
  assert.deepEqual(runs[0].tried, {asPromised: 1, count: 2});
  assert.ok(
      runs[0].findings.includes('session the good one: ended protocol wanted, but: ended closed'),
      JSON.stringify(runs[0].findings));
});

test('without the forger its cases are refused, and it is said where it was sought', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  copyFileSync(join(buildDir, 'bin/kiosk'), join(folder, 'bin/kiosk'));
  symlinkSync(join(buildDir, 'share'), join(folder, 'share'));
  const tool = (...args) => run(join(folder, 'bin/kiosk'), args, {timeoutMs: 60_000});
  const out = join(folder, 'report');
  const refused = await tool('conformance', '--filter', 'PROTO-001', '--out', out);
  assert.equal(refused.code, 2, refused.stdout + refused.stderr);
  assert.match(refused.stderr, /not installed: there is no .*libexec\/kiosk\/forger-guest/);
});

test(
    'no option of kiosk run takes another guest, and the command that does is hidden', async () => {
      const app = join(root, 'samples/apps/hello');
      for (const option of ['--sessions', '--forge', '--guest']) {
        const refused = await kiosk(['run', app, option, 'x']);
        assert.equal(refused.code, 2, option);
      }
      const {stdout} = await kiosk(['conformance', '--help']);
      assert.doesNotMatch(stdout, /forge/);
    });
