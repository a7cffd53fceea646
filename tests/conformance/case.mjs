// One conformance case: what its file says, and the mini-app that is made of it.

import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

import {signOrder} from '../../samples/apps/parcel/tools/sign-orders.mjs';
import {temporaryFolder, writeApp} from '../support/kiosk.mjs';

import {splitCase} from './front_matter.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const harness = readFileSync(join(here, 'harness.js'), 'utf8');

// What a case may import to pay with: one good order.
const orders = `export const orderToken = ${JSON.stringify(goodOrder())};\n`;
const permissionTable = join(here, '../../bridge/permissions.json');

/// What a case with steps shows when it has said how it ended.
export const settledMark = '@case settled';

const keysKnown = new Set([
  'id',
  'promise',
  'title',
  'level',
  'guards',
  'refs',
  'control',
  'declares',
  'grants',
  'limits',
  'budget',
  'tier',
  'timeout',
  'steps',
  'user',
  'raw',
  'manifest',
  'files',
  'expect',
]);
const expectKeysKnown = new Set([
  'outcome',
  'error',
  'ended',
  'detail',
  'host',
  'logs',
  'view',
  'withinMs',
]);

/// Reads the case in `path`. Throws an Error that says what is wrong with it.
export function readCase(path) {
  const {meta, body, line} = splitCase(readFileSync(path, 'utf8'));
  for (const key of Object.keys(meta)) {
    if (!keysKnown.has(key)) throw new Error(`"${key}" is not a key of a case`);
  }
  meta.promise ??= meta.title;
  meta.limits ??= meta.budget;
  for (const key of ['id', 'promise', 'expect']) {
    if (meta[key] === undefined) throw new Error(`"${key}" is missing`);
  }
  return {path, body, line, ...meta, expect: expectation(meta.expect)};
}

/// Brings the three ways to write an outcome into one: {kind: ok | error | ended, what}.
function expectation(expect) {
  const map = typeof expect === 'string' ? {outcome: expect} : {...expect};
  for (const key of Object.keys(map)) {
    if (!expectKeysKnown.has(key)) throw new Error(`"${key}" is not a key of expect`);
  }
  if (map.error !== undefined) map.outcome = `error ${map.error}`;
  if (map.ended !== undefined) map.outcome = `ended ${map.ended}`;
  const found = /^(ok)$|^(error|ended) (\S+)$/.exec(map.outcome ?? 'ok');
  if (found === null) throw new Error('expect is ok, error CODE or ended REASON');
  return {...map, kind: found[1] ?? found[2], what: found[3]};
}

/// The tiers that the case is run in.
const tiersOf = ({tier = 'both'}) => (tier === 'both' ? ['jit', 'jitless'] : [tier]);

/// Families of which each case is also opened from an app template.
const templatedFamilies = /\/cases\/(bridge|guest|limits)\//;

/// The ways in which the case is opened: each tier, and for some families a template in one tier.
export function waysOf(test) {
  const tiers = tiersOf(test);
  const ways = tiers.map(tier => ({name: tier, args: ['--tier', tier]}));
  if (templatedFamilies.test(test.path)) {
    ways.push({name: `${tiers[0]} template`, args: ['--tier', tiers[0], '--template']});
  }
  return ways;
}

/// All permissions that an app may declare without the operator's leave.
function ordinaryPermissions() {
  return JSON.parse(readFileSync(permissionTable, 'utf8'))
      .permissions.filter(permission => !permission.privileged)
      .map(permission => permission.name);
}

/// Writes the case as a mini-app into a new folder; its path.
export function writeCaseApp(test) {
  const declared = (test.declares ?? ordinaryPermissions())
                       .map(name => ({name, reason: 'A conformance case', purpose: 'test'}));
  const more = {
    opt_permissions: declared,
    payments: {merchant_id: 'post', methods: ['wallet'], currencies: ['RUB'], max_amount: 1000000},
    identity: {claims: ['email']},
    ...test.manifest,
  };
  const files = {'harness.js': harness, 'orders.js': orders, ...test.files};
  return writeApp(test.raw ? test.body : wrapped(test), {more, files});
}

/// The body in a try block, so that the runner learns what it threw; its imports stay outside.
function wrapped({body, steps}) {
  const imports = [];
  const rest = body.replace(/^import\s[^;]*;$/gm, statement => {
    imports.push(statement);
    return '';
  });
  return `import {assert, equal, fails, settle, tapped} from './harness.js';
${imports.join('\n')}
try {
${rest}
settle();
} catch (error) {
settle(error);
}
${steps === undefined ? '' : `document.body.append('${settledMark}');`}
`;
}

/// Arguments of `kiosk run` for the case's app in `folder`.
export function runArguments(test, way, folder, stepsFile) {
  const grants =
      Array.isArray(test.grants) ? test.grants.join(',') || 'none' : test.grants ?? 'none';
  const args = ['run', folder, '--events', '--grant', grants, ...way.args];
  args.push('--timeout', String(test.timeout ?? 20), '--data', join(temporaryFolder(), 'data'));
  if (test.user !== undefined) args.push('--user', String(test.user));
  if (stepsFile !== undefined) args.push('--steps', stepsFile);
  for (const [name, value] of Object.entries(test.limits ?? {})) {
    args.push('--limit', `${name}=${value}`);
  }
  return args;
}

/// A token of the demo's merchant for 1 250.00 RUB.
function goodOrder() {
  return signOrder({
    orderId: 'conformance-1',
    amountMinor: 125_000,
    currency: 'RUB',
    items: [{title: 'A conformance case', quantity: 1, amountMinor: 125_000}],
  });
}
