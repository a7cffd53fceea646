// The programs under test, as tests start them.

import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {run} from '../runner/process.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/// The build folder whose programs are tried; under a sanitizer it is another one.
export const buildDir = resolve(process.env.KIOSK_BUILD ?? join(root, 'build'));
export const kioskProgram = join(buildDir, 'bin/kiosk');

/// How much longer things may take than on a plain build.
export const slowness = Number(process.env.KIOSK_SLOW ?? 1);

const runMsMax = 60_000;

/// Runs `kiosk` with `args`: what run() of process.mjs gives, and `events`, the NDJSON of its
/// standard output when `args` ask for it. Without --data it stores into a new folder. A line that
/// is not an object with an "event" throws.
export async function kiosk(args, {cwd = root, input, env, timeoutMs = runMsMax, onEvent} = {}) {
  let pending = '';
  const eachLine = (text, child) => {
    pending += text;
    const lines = pending.split('\n');
    pending = lines.pop();
    for (const line of lines) onEvent(JSON.parse(line), child);
  };
  const result = await run(kioskProgram, args, {
    cwd,
    input,
    env: {XDG_DATA_HOME: temporaryFolder(), ...env},
    timeoutMs: timeoutMs * slowness,
    onStdout: onEvent && eachLine,
  });
  if (args.includes('--events')) result.events = parseEvents(result.stdout);
  return result;
}

function parseEvents(text) {
  return text.split('\n').filter(line => line !== '').map(line => {
    const event = JSON.parse(line);
    if (typeof event.event !== 'string') throw new Error(`not an event: ${line}`);
    return event;
  });
}

/// The last event called `name`.
export const lastEvent = (result, name) => result.events.filter(e => e.event === name).at(-1);

/// A new temporary folder; removed when the process ends.
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-test-'));
  folders.push(folder);
  return folder;
}
const folders = [];
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

/// Writes `files` (path → text) below `folder`.
export function writeFiles(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/// A manifest with what is required, and `more` over it.
export function manifest(more = {}) {
  return JSON.stringify({
    manifest_version: 1,
    app_id: 'org.example.test',
    name: 'Test',
    icons: [{src: 'icon.svg'}],
    version: {name: '1.0.0', code: 1},
    platform_version: {min_code: 1},
    pages: ['app.js'],
    operator: {
      name: 'Example Ltd',
      address: '1 Test Street',
      email: 'test@example.org',
      privacy_policy_url: 'https://example.org/privacy',
      terms_url: 'https://example.org/terms',
      age_rating: '0+',
    },
    ...more,
  });
}

const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>\n';

/// Writes a mini-app whose module is `code` into `folder` (a new one when absent); its path.
export function writeApp(code, {more = {}, files = {}, folder = temporaryFolder()} = {}) {
  return writeFiles(
      folder, {'manifest.json': manifest(more), 'icon.svg': icon, 'app.js': code, ...files});
}

/// Writes steps (objects, or lines as they are) as a file for --steps; its path.
export function writeSteps(steps) {
  const path = join(temporaryFolder(), 'steps.jsonl');
  writeFileSync(
      path, steps.map(step => typeof step === 'string' ? step : JSON.stringify(step)).join('\n'));
  return path;
}
