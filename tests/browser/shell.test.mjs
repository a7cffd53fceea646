// Every screen of the messenger, on a desktop and a phone, light and dark, in Russian and English,
// from right to left and with large text: axe finds nothing serious, nothing is cut off sideways,
// and there is a picture of each in build/screenshots.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWeb} from '../support/web.mjs';

import {parcelApp, probeApp} from './apps.mjs';
import {desktop, goTo, launch, openPage, phone, seriousFindings, sheet, shoot} from './browser.mjs';

let browser, apps;
before(async () => {
  apps = [probeApp(), parcelApp()];
  browser = await launch();
});
after(() => browser?.close());

/// A page of a host of its own: what one test asked a user is not remembered in the next.
async function openFresh(options) {
  const web = await startWeb({apps});
  const opened = await openPage(browser, web.url, options);
  const close = () => opened.close().finally(web.stop);
  return {page: opened.page, close};
}

async function look(page, name) {
  await shoot(page, name);
  assert.deepEqual(await seriousFindings(page), [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels wider than the window`);
}

/// Chooses by the words of both languages, so that the walk is the same.
async function choose(page, ...words) {
  await goTo(page, '#/settings');
  for (const word of words) await page.locator('.segment', {hasText: word}).first().click();
}

async function walk(page, name, {phoneSized}) {
  await goTo(page, '#/chats');
  await look(page, `${name}-chats`);
  await page.locator('.chat-row').first().click();
  await page.locator('.composer textarea').fill('Привет! Hello!');
  await page.keyboard.press('Enter');
  await page.locator('.message-own .bubble:not(.bubble-sending)').last().waitFor();
  await look(page, `${name}-chat`);
  for (const screen of ['wallet', 'notices', 'privacy', 'activity', 'settings', 'apps']) {
    await goTo(page, `#/${screen}`);
    await page.locator('.screen h1').waitFor();
    await page.locator('.waiting').first().waitFor({state: 'detached'});
    await look(page, `${name}-${screen}`);
  }
  const card = page.locator('.app-card', {hasText: /Parcel|Посылка/});
  await card.locator('.button').first().click();
  await sheet(page).waitFor();
  await look(page, `${name}-details`);
  await sheet(page).locator('.button-primary').click();
  await page.locator('.view input').waitFor();
  if (!phoneSized) {
    await goTo(page, '#/chats');
    await page.locator('.chat-row').first().click();
  }
  await page.locator('.view input').fill('RA123456785RU');
  await page.locator('.view .v-button').filter({hasText: /^(Найти|Find)$/}).click();
  await page.locator('.view .v-button').filter({hasText: /^(Оплатить|Pay)$/}).waitFor();
  await look(page, `${name}-app`);
  await page.locator('.view .v-button').filter({hasText: /^(Оплатить|Pay)$/}).click();
  await sheet(page).locator('.allow-armed').waitFor();
  await look(page, `${name}-payment`);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({state: 'detached'});
  await page.locator('.panel-bar .icon-button').last().click();
}

const combinations = [
  ['desktop', 'light', 'ru', 'Анна'],
  ['desktop', 'dark', 'en', 'Борис'],
  ['phone', 'light', 'en', 'Борис'],
  ['phone', 'dark', 'ru', 'Анна'],
];
for (const [kind, scheme, language, user] of combinations) {
  test(`all screens: ${kind}, ${scheme}, ${language}`, async () => {
    const {page, close} = await openFresh({
      viewport: kind === 'phone' ? phone : desktop,
      colorScheme: scheme,
      locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    });
    const name = `${kind}-${scheme}-${language}`;
    await page.locator('.login-user').first().waitFor();
    await look(page, `${name}-login`);
    await page.locator('.login-user', {hasText: user}).click();
    await page.locator('.shell').waitFor();
    await choose(page, language === 'ru' ? 'Русский' : 'English');
    await walk(page, name, {phoneSized: kind === 'phone'});
    await close();
  });
}

test('from right to left, with the largest text, on a phone', async () => {
  const {page, close} = await openFresh({viewport: phone, user: 'Вера'});
  await choose(page, 'English', 'Right to left', 'Largest');
  await walk(page, 'phone-rtl-largest', {phoneSized: true});
  await close();
});

test('by keyboard alone: skip link, section, mini-app, back again', async () => {
  const {page, close} = await openFresh({user: 'Анна'});
  await choose(page, 'English');
  await page.reload();
  await page.locator('.shell').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  await goTo(page, '#/apps');
  const details = page.getByRole('button', {name: 'Details: Probe'});
  await details.focus();
  await page.keyboard.press('Enter');
  await sheet(page).waitFor();
  for (let i = 0; i < 12; ++i) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(
        () => document.activeElement === document.body ||
            document.activeElement.closest('dialog') !== null);
    assert.ok(inside, 'the focus stays in the sheet');
  }
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({state: 'detached'});
  // And goes back to where it was.
  await page.waitForFunction(
      () => document.activeElement.getAttribute('aria-label') === 'Details: Probe');
  await close();
});

test('the mini-app is as wide as the user likes, or the whole page', async () => {
  const {page, close} = await openFresh({user: 'Анна'});
  await goTo(page, '#/apps');
  await page.locator('.app-card', {hasText: 'Probe'}).locator('.button-primary').click();
  const panel = page.locator('.panel');
  await panel.locator('.v-button').first().waitFor();
  const {width} = await panel.boundingBox();
  await page.locator('.resizer').focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal((await panel.boundingBox()).width, width + 24);
  await page.locator('.panel-bar .only-desktop').click();
  assert.ok((await panel.boundingBox()).width > 1000, 'full page');
  await close();
});
