// Which lines of the files under test the fuzz targets reach.
//
//   node tests/fuzz/coverage.mjs            every target
//   node tests/fuzz/coverage.mjs url json   these only
//   node tests/fuzz/coverage.mjs --lines    which lines are not reached, too
//
// Builds preset fuzz-coverage, gives each target its seeds and what earlier runs found
// (build-fuzz/corpus), and prints a table in Markdown.

import {existsSync, mkdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {run} from '../runner/process.mjs';

import {boundsOf, foldersOf, targetNames} from './targets.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const buildDir = join(root, 'build-fuzz-coverage');
const buildMsMax = 30 * 60_000;
const targetMsMax = 10 * 60_000;
const reportMsMax = 60_000;
const reportLinesMax = 8;

/// What each target is there for.
const underTest = {
  'app-record': ['runtime/package/app_record.cc'],
  archive: [
    'runtime/package/archive_reader.cc', 'runtime/package/archive_writer.cc',
    'runtime/package/zip_records.cc', 'runtime/package/names.cc', 'runtime/package/payload_hash.cc',
    'runtime/package/merkle.cc'
  ],
  call: [
    'bridge/schema.cc', 'bridge/schema_explain.cc', 'bridge/schema_lint.cc', 'bridge/formats.cc',
    'bridge/catalogue.cc'
  ],
  frame: ['runtime/channel/frame.cc', 'runtime/channel/rpc.cc'],
  'http-signature': ['bridge/server/http_signature.cc', 'bridge/server/structured_field.cc'],
  json: ['runtime/base/json.cc', 'runtime/base/json_canonical.cc'],
  manifest: [
    'runtime/package/manifest.cc', 'runtime/package/manifest_blocks.cc',
    'runtime/package/manifest_rules.cc', 'runtime/package/manifest_services.cc',
    'runtime/package/json_fields.cc', 'runtime/package/origin.cc'
  ],
  'merchant-token': [
    'bridge/payments/refund_token.cc', 'bridge/payments/plan_token.cc', 'bridge/payments/period.cc'
  ],
  'order-token': [
    'bridge/payments/order_token.cc', 'bridge/payments/jws.cc', 'bridge/payments/token_members.cc'
  ],
  receipts: [
    'bridge/receipts/receipt_token.cc', 'bridge/receipts/receipt_verify.cc',
    'bridge/receipts/signature_suite.cc'
  ],
  'signing-block': ['runtime/package/signing_block.cc'],
  url: ['bridge/net/net_url.cc', 'bridge/net/origin_rule.cc'],
  view: [
    'runtime/host/view/view_tree.cc', 'runtime/host/view/view_patch.cc',
    'runtime/host/view/user_acts.cc', 'runtime/host/view/controls.cc',
    'runtime/host/view/text_renderer.cc', 'runtime/host/view/safe_text.cc'
  ],
};

/// Runs `program`; throws with its output when it fails.
async function must(program, args, options) {
  const result = await run(program, args, {cwd: root, ...options});
  if (result.code !== 0) throw new Error(`${program} ${args[0]}\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

/// The merged profile of `name`.
async function profileOf(name) {
  const raw = join(buildDir, 'profiles', `${name}.profraw`), merged = raw.replace('raw', 'data');
  mkdirSync(dirname(raw), {recursive: true});
  // What a target does to make its seeds is not counted, and must not be written beside the tree.
  process.env.LLVM_PROFILE_FILE = raw.replace('.profraw', '.seeds');
  const folders = (await foldersOf(root, buildDir, name)).filter(existsSync);
  await must(
      join(buildDir, 'bin', `fuzz-${name}`), [...folders, ...boundsOf(root, name), '-runs=0'],
      {env: {LLVM_PROFILE_FILE: raw}, timeoutMs: targetMsMax});
  await must('llvm-profdata', ['merge', '-o', merged, raw], {timeoutMs: reportMsMax});
  return merged;
}

/// The numbers of the lines of `text`, llvm-cov's picture of a file, that were not reached.
const unreached = text => [...text.matchAll(/^\s*(\d+)\|\s*0\|/gm)].map(([, number]) => number);

async function coverageOf(name, withLines) {
  const program = join(buildDir, 'bin', `fuzz-${name}`);
  const args = [program, `-instr-profile=${await profileOf(name)}`];
  const files = underTest[name].map(file => join(root, file));
  const exported = await must(
      'llvm-cov', ['export', ...args, '-summary-only', ...files], {timeoutMs: reportMsMax});
  for (const {filename, summary} of JSON.parse(exported).data[0].files) {
    const file = filename.slice(root.length + 1);
    const {count, covered, percent} = summary.lines;
    console.log(`| ${name} | \`${file}\` | ${covered} of ${count} | ${percent.toFixed(1)} % |`);
    if (!withLines) continue;
    const shown = await must('llvm-cov', ['show', ...args, filename], {timeoutMs: reportMsMax});
    const numbers = unreached(shown);
    for (let i = 0; i < numbers.length; i += reportLinesMax * 2)
      console.log(`    not reached: ${numbers.slice(i, i + reportLinesMax * 2).join(' ')}`);
  }
}

const given = process.argv.slice(2).filter(argument => argument !== '--lines');
const withLines = process.argv.includes('--lines');
await must(
    'bash', ['sdk/setup/setup.sh', '--preset', 'fuzz-coverage', 'fuzz'], {timeoutMs: buildMsMax});
console.log('| target | file | lines | |\n|---|---|---|---|');
for (const name of given.length > 0 ? given : targetNames(root)) await coverageOf(name, withLines);
