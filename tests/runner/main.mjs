// Runs the stages of tests/runner/stages/ in their order and counts. tests/run starts it after the
// set-up.
//
// A stage is a module whose default export is
//   {name, order, summary, timeoutMs, slow, asked, run(context)}
// slow: it runs when it is named, or all are. asked: it runs only when it is named.
// run() gives its verdicts to context.report and may throw; a stage that throws or passes its
// time-out counts as one failure. context is {root, report, jobs, only, timeLeftMs()}.

import {readdirSync} from 'node:fs';
import os from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {endAll} from './process.mjs';
import {countsText, dim, green, red, StageReport} from './report.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const runMsMax = 60 * 60_000;
/// What a stage runs ends later than the stage's own time: its end is then the stage's verdict.
const endMs = 5_000;
const startedMs = Number(process.env.KIOSK_TESTS_STARTED ?? Date.now() / 1000) * 1000;
const jobs =
    Math.max(1, Number(process.env.KIOSK_JOBS) || os.availableParallelism?.() || os.cpus().length);

function parseArguments(args) {
  const options = {stages: [], only: '', list: false, all: false};
  for (let i = 0; i < args.length; ++i) {
    if (args[i] === '--list')
      options.list = true;
    else if (args[i] === '--only')
      options.only = args[++i] ?? '';
    else if (args[i] === '--all')
      options.all = true;
    else if (args[i] === '--mutate')
      options.stages.push('mutate', 'mutate-cases');
    else
      options.stages.push(args[i]);
  }
  return options;
}

async function loadStages() {
  const dir = join(root, 'tests/runner/stages');
  const files = readdirSync(dir).filter(file => file.endsWith('.mjs'));
  const modules = await Promise.all(files.map(file => import(join(dir, file))));
  return modules.map(module => module.default).sort((a, b) => a.order - b.order);
}

async function runStage(stage, only) {
  const report = new StageReport(stage.name);
  const timeoutMs = Math.min(stage.timeoutMs, startedMs + runMsMax - Date.now());
  if (timeoutMs < 1000) {
    report.skip('the whole stage', 'the 60 minutes of this run are used up');
    return report;
  }
  const deadline = Date.now() + timeoutMs + endMs;
  const context = {root, report, jobs, only, timeLeftMs: () => Math.max(1, deadline - Date.now())};
  let timer;
  const tooLong = new Promise((_, reject) => {
    timer = setTimeout(
        () => reject(new Error(`longer than ${Math.round(timeoutMs / 1000)} s`)), timeoutMs);
  });
  const started = Date.now();
  try {
    await Promise.race([stage.run(context), tooLong]);
  } catch (error) {
    if (Date.now() >= startedMs + runMsMax)
      report.skip('the rest of the stage', 'the 60 minutes of this run are used up');
    else
      report.fail('the stage itself', error.stack ?? error);
    report.close();
    endAll();
  } finally {
    clearTimeout(timer);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const mark = report.failed > 0 ? red('FAILED') : green('ok');
  const slowest = report.slowest();
  if (slowest !== '') console.log(dim(`     longest: ${slowest}`));
  console.log(`stage ${stage.name}: ${report.counts()}, ${seconds} s ${mark}`);
  return report;
}

const options = parseArguments(process.argv.slice(2));
const stages = await loadStages();
if (options.list) {
  for (const {name, summary} of stages) console.log(`${name.padEnd(14)} ${summary}`);
  process.exit(0);
}
const unknown = options.stages.filter(name => !stages.some(stage => stage.name === name));
if (unknown.length > 0) {
  console.error(
      `There is no stage ${unknown.join(', ')}. There are: ${stages.map(s => s.name).join(' ')}`);
  process.exit(2);
}
const isWanted = ({name, slow, asked}) =>
    options.stages.length > 0 ? options.stages.includes(name) : !asked && (options.all || !slow);
const wanted = stages.filter(isWanted);
const total = {
  passed: 0,
  failed: 0,
  skipped: 0
};
const failures = [];
for (const stage of wanted) {
  console.log(`\n${stage.name}: ${stage.summary}`);
  const report = await runStage(stage, options.only);
  for (const key of Object.keys(total)) total[key] += report[key];
  failures.push(...report.failures);
}
endAll();
console.log('');
for (const failure of failures) console.log(`${red('FAILED')} ${failure}`);
await new Promise(done => process.stdout.write(`${countsText(total)}\n`, done));
process.exit(total.failed > 0 ? 1 : 0);
