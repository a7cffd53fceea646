// The shop and its host, on this machine only: the partner API, the sender of events, the shop's
// server, and the mini-app that knows where that is. Ports are the kernel's choice.
//
//   node samples/backends/shop/start.mjs KIOSK            in this terminal; without one, a tour
//   node samples/backends/shop/start.mjs KIOSK --tour     the tour in any case
//   node samples/backends/shop/start.mjs KIOSK --web KIOSK-WEB    in the messenger of the browser

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {keyOfSeed} from '../partner.mjs';

import {endAll, runHere, startProgram} from './processes.mjs';
import {Shop} from './shop.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const samples = resolve(here, '../..');
const [kiosk, mode, web] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'kiosk-shop-'));
const data = join(folder, 'data');
const app = join(folder, 'app');
const appId = 'org.example.shop';
const eventsMsMax = 20_000;
let shop;

/// The demo's store with its users and merchants: the first app that runs makes it.
async function makeStore() {
  const args = ['run', join(samples, 'apps/hello'), '--render', 'none', '--data', data];
  const steps = join(here, 'hello.jsonl');
  const status = await runHere(kiosk, [...args, '--steps', steps], ['ignore', 'ignore', 'inherit']);
  if (status !== 0) throw new Error('the store could not be made');
}

/// Starts everything but the app; resolves to the shop's address.
async function startShop() {
  await makeStore();
  const api = ['serve-api', '--data', data, '--port', '0', '--allow-insecure-webhooks'];
  const [, base] = await startProgram(kiosk, api, /^partner API on (http:\S+)$/m);
  const key = keyOfSeed(Buffer.from('kiosk-demo-merchant-shop-seed-01'));
  shop = new Shop({base, merchantId: 'shop', kid: 'demo-1', key}, appId);
  const {url} = await shop.serve(0);
  await shop.subscribe(url);
  const send = ['send-events', '--data', data, '--allow-insecure-webhooks'];
  await startProgram(kiosk, send, /^sending events of/m);
  console.log(`partner API ${base}\nshop        ${url}\n`);
  return url;
}

async function buildApp(url) {
  const tool = join(samples, 'apps/shop/tools/build.mjs');
  const status = await runHere(process.execPath, [tool, url, app]);
  if (status !== 0) throw new Error('the app could not be built');
}

async function runApp() {
  if (mode === '--web') {
    const page = join(samples, 'hosts/web/page/dist');
    const port = process.env.KIOSK_PORT ?? '0';
    return runHere(web, ['--data', data, '--apps', app, '--static', page, '--port', port]);
  }
  const isTour = mode === '--tour' || !process.stdin.isTTY || !process.stdout.isTTY;
  if (!isTour) return runHere(kiosk, ['run', app, '--data', data]);
  const tour = join(here, 'tour.jsonl');
  const status =
      await runHere(process.execPath, [join(samples, 'tour.mjs'), kiosk, app, tour, data]);
  if (status !== 0) return status;
  // Of the payment and of the refund: they come by another way than the app's answers.
  if (await shop.heard(2, eventsMsMax)) return 0;
  console.error('The host told the shop nothing of the payment or the refund.');
  return 1;
}

// Ctrl-C reaches the app too; this process stays to end the others.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => endAll());
let status = 1;
try {
  await buildApp(await startShop());
  status = await runApp();
} catch (error) {
  console.error(error.message);
} finally {
  await endAll();
  rmSync(folder, {recursive: true, force: true});
}
process.exit(status);
