// Answers of the host that come late, or in another order than their questions, while the user goes
// on. Each test has a user of its own: what a user has open stays open.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWeb} from '../support/web.mjs';

import {probeApp} from './apps.mjs';
import {goTo, launch, openOnlyApp, openPage, phone, press} from './browser.mjs';

let web, browser;
before(async () => {
  web = await startWeb({apps: [probeApp()]});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await web?.stop();
});

async function pressFor(page, name, outcome) {
  await press(page, name);
  await page.locator('.view').getByText(`${name}: ${outcome}`).waitFor();
}

async function chooseEnglish(page) {
  await goTo(page, '#/settings');
  await page.locator('.segment', {hasText: 'English'}).first().click();
}

/// Requests to `path` are answered by the host at once, but the page hears of it only after
/// `release`.
async function holdAnswers(page, path) {
  let release;
  const released = new Promise(done => (release = done));
  const answered = [];
  await page.route(path, async route => {
    const response = await route.fetch();
    answered.push(response);
    await released;
    await route.fulfill({response});
  });
  return {
    async first() {
      while (answered.length === 0) await page.waitForTimeout(20);
    },
    async release() {
      const heard = page.waitForResponse(path);
      release();
      await heard;
    },
  };
}

test('an app opened while the state is on its way stays open, and is opened once', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Вера'});
  let opened = 0;
  page.on('request', request => {
    if (request.method() === 'POST' && request.url().endsWith('/api/sessions')) ++opened;
  });
  const state = await holdAnswers(page, '**/api/state*');
  await chooseEnglish(page);
  await state.first();
  await openOnlyApp(page);
  await pressFor(page, 'count', 1);
  await state.release();
  // The gallery is drawn anew from the state that has come.
  await page.locator('.app-card', {hasText: 'Presses every bell.'}).waitFor();
  await pressFor(page, 'count', 2);
  assert.equal(opened, 1);
  await close();
});

test('an app that the state names before its own answer has come is there once', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Анна'});
  const opening = await holdAnswers(page, '**/api/sessions');
  await goTo(page, '#/apps');
  await page.locator('.app-card .button-primary').click();
  await opening.first();
  const loaded = page.waitForResponse('**/api/state*');
  await chooseEnglish(page);
  await loaded;
  await opening.release();
  await page.locator('.rail-app[aria-pressed="true"]').waitFor();
  await pressFor(page, 'count', 1);
  assert.equal(await page.locator('.rail-app').count(), 1);
  await close();
});

test('an app speaks the language chosen last, however late the host hears of it', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Борис'});
  let release;
  const released = new Promise(done => (release = done));
  await page.route('**/api/state*', async route => {
    await released;
    await route.continue();
  });
  await chooseEnglish(page);
  await openOnlyApp(page);
  await pressFor(page, 'language', '"en"');
  release();
  await close();
});

test('an app that is hidden and shown again is shown, however late the first word is', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Борис', viewport: phone});
  await openOnlyApp(page);
  let release;
  const released = new Promise(done => (release = done));
  const told = [];
  await page.route('**/visible', async route => {
    const {visible} = route.request().postDataJSON();
    if (!visible) await released;
    await route.continue();
    told.push(visible);
  });
  await page.locator('.panel-bar .only-phone').click();
  await openOnlyApp(page);
  release();
  while (told.length < 2) await page.waitForTimeout(20);
  await pressFor(page, 'count', 1);
  assert.deepEqual(told, [false, true]);
  await close();
});
