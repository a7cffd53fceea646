#!/usr/bin/env node
// Runs the conformance cases: each file of cases/ is one promise, tried through the tool in both
// tiers, and for some families from an app template.
//
//   node tests/conformance/run.mjs [WORD]     cases whose id, path or promise has WORD

import {readdirSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';

import {inParallel} from '../runner/process.mjs';
import {kiosk, root, writeSteps} from '../support/kiosk.mjs';

import {readCase, runArguments, settledMark, waysOf, writeCaseApp} from './case.mjs';
import {caseOutcome, findings} from './judge.mjs';

const casesDir = join(dirname(fileURLToPath(import.meta.url)), 'cases');
const settleMs = 500;

function casePaths(dir) {
  return readdirSync(dir, {withFileTypes: true})
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(entry => {
        const path = join(dir, entry.name);
        if (entry.isDirectory()) return casePaths(path);
        return entry.name.endsWith('.js') ? [path] : [];
      });
}

/// The run is over with its last step: the case is given the time to say how it ended.
const lastSteps = test => test.raw ? [] : [{expect: settledMark}];

/// Runs `test` in one way and resolves to the findings. A case that has said how it ended is given
/// a moment to end by itself and is then stopped as by Ctrl-C.
async function runCase(test, way) {
  const folder = writeCaseApp(test);
  const steps = test.steps && writeSteps([...test.steps, ...lastSteps(test)]);
  let stopped = false;
  const onEvent = (event, child) => {
    if (stopped || test.expect.kind === 'ended' || caseOutcome([event]) === undefined) return;
    stopped = true;
    setTimeout(() => child.kill('SIGINT'), settleMs).unref();
  };
  const timeoutMs = ((test.timeout ?? 20) + 10) * 1000;
  const result = await kiosk(runArguments(test, way, folder, steps), {timeoutMs, onEvent});
  const found = findings(test, {...result, stopped});
  // An app that ends with an error may be one that does not compile, and so has no template.
  if (result.stderr.includes('no app template') && test.expect.what !== 'error') {
    found.push('it was not opened from a template');
  }
  return found;
}

/// Runs all cases that have `only` in id, path or promise; say(test, way, findings) for each run.
export async function runCases({only = '', width = 2, say}) {
  const runs = [];
  const ids = new Map();
  for (const path of casePaths(casesDir)) {
    const name = relative(root, path);
    let test;
    try {
      test = readCase(path);
      if (ids.has(test.id)) throw new Error(`${test.id} is the id of ${ids.get(test.id)} too`);
      ids.set(test.id, name);
    } catch (error) {
      say({id: name, promise: 'is a well-formed case'}, '', [error.message]);
      continue;
    }
    if (![test.id, name, test.promise].some(text => String(text).includes(only))) continue;
    for (const way of waysOf(test)) runs.push([test, way]);
  }
  await inParallel(runs, width, async ([test, way]) => {
    try {
      say(test, way.name, await runCase(test, way));
    } catch (error) {
      say(test, way.name, [error.message]);
    }
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  let failed = 0;
  await runCases({
    only: process.argv[2] ?? '',
    say({id, promise}, way, found) {
      console.log(`${found.length === 0 ? 'kept  ' : 'BROKEN'} ${id} ${way}: ${promise}`);
      for (const finding of found) console.log(`         ${finding}`);
      failed += found.length > 0 ? 1 : 0;
    },
  });
  process.exit(failed > 0 ? 1 : 0);
}
