// Runs what ctest knows in a build folder: doctest programs, counted by test case, and others,
// counted as one.

import {inParallel, run} from './process.mjs';

const summaryLine =
    /\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped/;

/// What ctest knows in `buildDir`, which must be configured: [{name, command, properties}].
export async function listTests(buildDir, context) {
  const listed = await run(
      'ctest', ['--test-dir', buildDir, '--show-only=json-v1'],
      {timeoutMs: Math.min(60_000, context.timeLeftMs())});
  if (listed.code !== 0) throw new Error(`ctest could not list ${buildDir}: ${listed.stderr}`);
  return JSON.parse(listed.stdout)
      .tests.map(
          test => ({
            name: test.name,
            command: test.command ?? [],
            properties: Object.fromEntries((test.properties ?? []).map(p => [p.name, p.value])),
          }));
}

/// Runs the tests of `buildDir` that `wanted(test)` accepts; verdicts go to context.report. Each
/// has its own time-out, `slowness` times.
export async function runDoctests(
    buildDir, context, {env = {}, wanted = () => true, slowness = 1} = {}) {
  const tests = (await listTests(buildDir, context))
                    .filter(wanted)
                    .filter(test => test.name.includes(context.only));
  await inParallel(tests, context.jobs, async test => {
    const ownMs = Number(test.properties.TIMEOUT ?? 300) * 1000 * slowness;
    const ownEnv = Object.fromEntries((test.properties.ENVIRONMENT ?? []).map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }));
    const [command, ...args] = test.command;
    if (command === undefined) return context.report.fail(test.name, 'it was not built');
    const result = await run(command, args, {
      cwd: test.properties.WORKING_DIRECTORY ?? buildDir,
      env: {...ownEnv, ...env},
      timeoutMs: Math.min(ownMs, context.timeLeftMs()),
    });
    context.report.took(test.name, result.ms);
    if (result.code !== null && result.code === test.properties.SKIP_RETURN_CODE)
      context.report.skip(test.name, 'it says that it cannot run here');
    else
      judge(test, result, context.report);
  });
}

function judge({name, properties}, result, report) {
  const output = `${result.stdout}\n${result.stderr}`;
  const counts = summaryLine.exec(result.stdout);
  if (properties.SKIP_RETURN_CODE !== undefined && result.code === properties.SKIP_RETURN_CODE) {
    report.skip(name, lastLine(output));
  } else if (result.timedOut) {
    report.fail(name, `${output}\nstopped after ${result.ms} ms`);
  } else if (counts === null) {
    const status = `exit status ${result.code ?? result.signal}`;
    if (result.code === 0)
      report.pass(name);
    else
      report.fail(name, `${output}\n${status}`);
  } else {
    const [passed, failed, skipped] = counts.slice(2).map(Number);
    if (passed > 0) report.pass(name, passed);
    if (skipped > 0) report.skip(name, 'marked so in the source', skipped);
    if (failed > 0)
      report.fail(name, failuresOf(result.stdout), failed);
    else if (result.code !== 0)
      report.fail(name, `${output}\nexit status ${result.code ?? result.signal}`);
    else if (passed + skipped === 0)
      report.fail(name, 'the program holds no test case');
  }
}

/// The parts of a doctest program's output that tell of a failed assertion.
const failuresOf = stdout => stdout.split(/^={20,}$/m)
                                 .filter(part => /\b(ERROR|FATAL ERROR):/.test(part))
                                 .map(part => part.trim())
                                 .join('\n');

const lastLine = text => text.trim().split('\n').at(-1);
