// Runs a mini-app by steps and tells what happened: each view as it changes, what the host asked
// and what the user answered, the calls, and whether the audit trail holds.
//
//   node samples/tour.mjs KIOSK PACKAGE STEPS [DATA]     DATA: a host's folder; else a new one

import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

const [kiosk, app, steps, given] = process.argv.slice(2);
const secondsMax = 60;
const data = given ?? mkdtempSync(join(tmpdir(), 'kiosk-tour-'));

const tellers = {
  started: event => `started ${event.app} ${event.version} in ${event.ms} ms`,
  view: event => `view\n${event.text.replace(/^/gm, '  | ')}`,
  log: event => `the app logs (${event.level}): ${event.text}`,
  call: event => `call ${event.method}: ${event.outcome}, ${event.us} us`,
  consent: event => `consent ${event.permission}: ${event.answer}`,
  ended: event => `ended ${event.reason}${event.detail ? `: ${event.detail}` : ''}, ` +
      `${event.cpuMs} ms of CPU, ${event.peakKiB} KiB at most`,
};

const receiptLog = /^receipt (\{.*\})$/;
let receipt;

function tell(line) {
  const event = JSON.parse(line);
  const found = event.event === 'log' && receiptLog.exec(event.text);
  if (found) {
    receipt = JSON.parse(found[1]);
    return;
  }
  // A mini-app's words may hold anything; a terminal gets no control characters of them.
  console.log((tellers[event.event]?.(event) ?? line).replace(/[^\P{C}\n]/gu, '?'));
}

async function runTour() {
  const args = ['run', app, '--steps', steps, '--events', '--data', data];
  const child = spawn(
      kiosk, [...args, '--timeout', String(secondsMax)], {stdio: ['ignore', 'pipe', 'inherit']});
  const ended = new Promise(resolve => child.on('close', resolve));
  for await (const line of createInterface({input: child.stdout})) tell(line);
  return ended;
}

function showReceipt() {
  if (receipt === undefined) return;
  console.log('\nThe receipt of the payment, as the host signed it:');
  for (const [name, value] of Object.entries(receipt)) console.log(`  ${name.padEnd(12)} ${value}`);
}

let status = 1;
try {
  status = await runTour();
  showReceipt();
  const verified = spawnSync(kiosk, ['audit', 'verify', '--data', data], {encoding: 'utf8'});
  console.log(`\nkiosk audit verify: ${(verified.stdout + verified.stderr).trim()}`);
  status ||= verified.status;
} finally {
  if (given === undefined) rmSync(data, {recursive: true, force: true});
}
console.log(status === 0 ? '\nThe tour is complete.' : '\nThe tour did not complete.');
process.exit(status);
