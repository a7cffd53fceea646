// The pictures of the pages for people: each sample app as its user sees it first, and every
// component in its states. They are drawn here, and a committed one that shows something else
// fails.

import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {root} from '../support/kiosk.mjs';
import {startWeb} from '../support/web.mjs';

import {goTo, launch, openPage, phone} from './browser.mjs';
import {checkPicture} from './picture.mjs';

function built(app) {
  const folder = join(root, 'samples/apps', app);
  if (app === 'hello') return folder;
  const run = spawnSync(process.execPath, ['tools/build.mjs'], {cwd: folder, encoding: 'utf8'});
  if (run.status !== 0) throw new Error(`samples/apps/${app}: ${run.stderr}`);
  return join(folder, 'dist');
}

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/// Opens `app` alone on a phone, in English.
async function openApp(app) {
  const web = await startWeb({apps: [built(app)]});
  const opened = await openPage(browser, web.url, {user: 'Борис', viewport: phone});
  const {page} = opened;
  await goTo(page, '#/settings');
  await page.locator('.segment', {hasText: 'English'}).first().click();
  await goTo(page, '#/apps');
  await page.locator('.app-card .button-primary').click();
  await page.locator('.view [data-node]').first().waitFor();
  return {page, close: () => opened.close().finally(web.stop)};
}

/// Makes the window as high as what the app shows.
async function fit(page) {
  const high = await page.evaluate(() => {
    const scrolled = document.querySelector('.view-scroll');
    return innerHeight + scrolled.scrollHeight - scrolled.clientHeight;
  });
  await page.setViewportSize({...phone, height: high});
}

async function findParcel(page) {
  await page.locator('.view input').fill('RA123456785RU');
  await page.locator('.v-button', {hasText: 'Find'}).click();
  await page.locator('.v-button', {hasText: 'Pay'}).waitFor();
}

for (const [app, walk] of [
       ['hello', page => page.locator('.view .v-button').waitFor()],
       ['parcel', findParcel],
       ['diary', page => page.locator('.view .v-card').first().waitFor()],
     ]) {
  test(`picture: the sample ${app}`, async () => {
    const {page, close} = await openApp(app);
    await walk(page);
    await checkPicture(page, '.panel', `samples/apps/${app}/picture.svg`);
    await close();
  });
}

/// The sections of the catalogue, and what only that one has.
const sections = [
  ['Text', '.v-code'], ['Layout', '.v-grid'], ['Controls', '.v-radiogroup'], ['Pictures', '.v-qr'],
  ['State', '.v-spinner'],
];

test('picture: every section of the catalogue of components', async () => {
  const {page, close} = await openApp('components');
  await checkPicture(page, '.panel', 'samples/apps/components/picture.svg');
  for (const [section, shown] of sections) {
    await page.setViewportSize(phone);
    await page.locator('.v-tab', {hasText: section}).first().click();
    // The tab is drawn as chosen at once; what it shows comes from the app.
    await page.locator(shown).first().waitFor();
    await fit(page);
    await checkPicture(page, '.panel', `docs/pictures/${section.toLowerCase()}.svg`);
  }
  await page.setViewportSize(phone);
  await page.locator('.v-tab', {hasText: 'Overlays'}).click();
  for (const kind of ['sheet', 'dialog']) {
    await page.locator('.v-button', {hasText: `Open: ${kind}`}).click();
    await page.locator('.v-button', {hasText: `Close: ${kind}`}).waitFor();
    await checkPicture(page, '.panel', `docs/pictures/${kind}.svg`);
    await page.locator('.v-button', {hasText: `Close: ${kind}`}).click();
    await page.locator('.v-button', {hasText: `Close: ${kind}`}).waitFor({state: 'hidden'});
  }
  await close();
});
