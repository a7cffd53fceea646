// Uses the messenger of samples/hosts/web once, as a person would, in a browser without a window,
// and tells what happened. For machines without a terminal; `samples/run` shows the real thing.
//
//   node web_tour.mjs SERVER ARGUMENT…      the server is started with these and a free port

import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, relative, resolve} from 'node:path';
import {createInterface} from 'node:readline';

import {chromium} from 'playwright-core';

const stepMsMax = 20_000;
const [server, ...serverArgs] = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), 'kiosk-web-tour-'));
const pictures = resolve('build/screenshots');
mkdirSync(pictures, {recursive: true});
const tell = text => console.log(`  ${text}`);

/// Starts the server; resolves to {url, stop} once it has said where it listens.
function startServer() {
  const child = spawn(
      server, [...serverArgs, '--data', data, '--port', '0'],
      {stdio: ['ignore', 'pipe', 'inherit']});
  const ended = new Promise(done => child.on('close', done));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return new Promise((started, failed) => {
    createInterface({input: child.stdout}).once('line', url => started({url, stop}));
    child.on('error', failed);
    ended.then(status => failed(new Error(`${server} ended with status ${status}`)));
  });
}

const openBrowser = () => chromium.launch({
  executablePath: process.env.KIOSK_CHROMIUM ?? '/usr/bin/chromium',
  // Its own sandbox needs user namespaces, which a container may not give to root.
  args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});

async function shoot(page, name) {
  const path = join(pictures, `${name}.png`);
  await page.screenshot({path});
  return relative(process.cwd(), path);
}

async function tour(page, url) {
  const app = page.locator('.view');
  const sheet = page.locator('dialog.modal[open] .modal-box');
  const go = hash => page.evaluate(to => void (location.hash = to), hash);
  const press = async name => {
    tell(`press ${name}`);
    await app.getByRole('button', {name, exact: true}).click();
  };
  const allow = async () => {
    const words = (await sheet.innerText()).split('\n').map(line => line.trim());
    tell(`the host asks: ${words.filter(line => line !== '').slice(0, 4).join(' | ')}`);
    await sheet.locator('.allow-armed').click();
    await sheet.waitFor({state: 'detached'});
  };

  await page.goto(url);
  await page.locator('.login-user', {hasText: 'Анна'}).click();
  await page.locator('.shell').waitFor();
  await go('#/settings');
  await page.locator('label', {hasText: 'English'}).click();
  await page.getByRole('heading', {name: 'Settings'}).waitFor();
  tell('Anna is logged in');

  await go('#/apps');
  await page.locator('.app-card').first().waitFor();
  const names = await page.locator('.app-card h2, .app-card h3').allInnerTexts();
  tell(`the gallery has ${names.join(', ')}`);
  await shoot(page, 'tour-gallery');
  await page.getByRole('button', {name: 'Open Parcel', exact: true}).first().click();
  await app.locator('input').fill('RA123456785RU');
  await press('Find');
  await press('Pay');
  await allow();
  await app.getByText(/Paid/).first().waitFor();
  tell('the parcel app says that the fee is paid');
  await shoot(page, 'tour-app');

  await go('#/wallet');
  await page.locator('.row', {hasText: 'Paid'}).first().waitFor();
  const row = await page.locator('.row', {hasText: 'Paid'}).first().innerText();
  tell(`the wallet has: ${row.split('\n').filter(line => line.trim() !== '').join(' | ')}`);
  await go('#/activity');
  await page.getByText('payments.request').first().waitFor();
  tell(`pictures: ${await shoot(page, 'tour-activity')} and others beside it`);
}

let status = 1;
let web, browser;
try {
  web = await startServer();
  tell(`the messenger listens on ${web.url}`);
  browser = await openBrowser();
  const page = await browser.newPage({viewport: {width: 1280, height: 800}, locale: 'en-GB'});
  page.setDefaultTimeout(stepMsMax);
  await tour(page, web.url);
  status = 0;
} catch (error) {
  console.error(`The tour did not get to its end: ${error.message}`);
} finally {
  await browser?.close();
  await web?.stop();
  rmSync(data, {recursive: true, force: true});
}
if (status === 0) tell('the messenger has stopped');
process.exit(status);
