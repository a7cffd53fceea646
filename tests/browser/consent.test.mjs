// What a user decides: open, grant, refuse, pay, share, revoke. Through the real host, in chromium,
// by what a person can see and press.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWeb} from '../support/web.mjs';

import {parcelApp, probeApp} from './apps.mjs';
import {allow, goTo, launch, openPage, press, sheet, shoot} from './browser.mjs';

let web, browser;
before(async () => {
  web = await startWeb({apps: [probeApp(), parcelApp()]});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await web?.stop();
});

const settings = user => ({user, locale: 'en-GB'});
const outcome = page => page.locator('.view .v-text');

/// The page and the host speak this language, whatever the account says.
async function choose(page, language, heading) {
  await goTo(page, '#/settings');
  const told = page.waitForResponse(answer => answer.url().includes('/api/state?language='));
  await page.locator('label', {hasText: language}).click();
  await told;
  await page.getByRole('heading', {name: heading}).waitFor();
}
const inEnglish = page => choose(page, 'English', 'Settings');
const inRussian = page => choose(page, 'Русский', 'Настройки');

async function openFromGallery(page, name) {
  await goTo(page, '#/apps');
  await page.getByRole('button', {name: `Open ${name}`, exact: true}).first().click();
  await page.locator('.view .v-button').first().waitFor();
}

test('a mini-app is asked for before it is opened: what it may want, by whom', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Анна'));
  await inEnglish(page);
  await goTo(page, '#/apps');
  await page.getByRole('button', {name: 'Details: Probe'}).click();
  const details = await sheet(page).innerText();
  assert.match(details, /Example Ltd/);
  assert.match(details, /To greet you/);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({state: 'detached'});
  await close();
});

test('granting hands over what the sheet said, and it can be taken back', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Анна'));
  await inEnglish(page);
  await openFromGallery(page, 'Probe');
  await press(page, 'name');
  await sheet(page).waitFor();
  const words = await sheet(page).innerText();
  assert.match(words, /Probe asks you/);
  assert.match(words, /Example Ltd/);
  assert.match(words, /To greet you/);
  await shoot(page, 'consent-desktop-light-en');
  await allow(page);
  await outcome(page).filter({hasText: 'Анна'}).waitFor();
  await goTo(page, '#/privacy');
  await page.getByRole('button', {name: /^Take back: .*Probe/}).click();
  await page.getByText('You have allowed nothing yet.').waitFor();
  await press(page, 'name');
  await sheet(page).waitFor();
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({state: 'detached'});
  await close();
});

test('refusing is an answer, and the app hears of it', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Борис'));
  await inEnglish(page);
  await openFromGallery(page, 'Probe');
  await press(page, 'phone');
  await sheet(page).getByRole('button', {name: 'Don’t allow'}).click();
  await outcome(page).filter({hasText: 'user_refused'}).waitFor();
  await close();
});

test('Allow cannot be hurried, not by the page and not around it', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Вера'));
  await inEnglish(page);
  await openFromGallery(page, 'Probe');
  let early;
  await page.route('**/api/prompts/*/shown', async route => {
    await route.continue();
    const id = /prompts\/([^/]+)\/shown/.exec(route.request().url())[1];
    const headers = {...route.request().headers(), origin: web.url};
    early ??= page.request.post(
        `${web.url}/api/prompts/${id}`, {headers, data: {answer: 'granted'}});
  });
  await press(page, 'name');
  await sheet(page).waitFor();
  const focused = await page.evaluate(() => document.activeElement.className);
  assert.match(focused, /modal-box/, 'the sheet itself has the focus, no button');
  const armedAt = await page.evaluate(async () => {
    const began = performance.now();
    const button = document.querySelector('.allow');
    while (!button.classList.contains('allow-armed')) {
      button.click();
      await new Promise(resolve => setTimeout(resolve, 10));
      if (!button.isConnected) return -1;
    }
    return performance.now() - began;
  });
  assert.ok(armedAt > 400, `armed after ${armedAt} ms, or a click was taken before`);
  const answer = await early;
  assert.equal((await answer.json()).error.code, 'too_early');
  assert.equal(await sheet(page).count(), 1);
  await page.keyboard.press('Escape');
  await close();
});

test('paying shows the amount, takes the money once and leaves a receipt', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Анна'));
  await openPay(page);
  await sheet(page).waitFor();
  const amount = await sheet(page).locator('.consent-amount b').innerText();
  await shoot(page, 'payment-desktop-light-ru');
  await allow(page);
  await page.locator('.view').getByText(/Оплачено/).waitFor();
  await goTo(page, '#/wallet');
  const row = page.locator('.row', {hasText: 'Оплачено'});
  assert.equal(await row.count(), 1);
  const digits = text => text.replace(/[^\d]/g, '');
  assert.equal(digits(await row.locator('.amount').innerText()), digits(amount));
  await row.getByRole('button', {name: /Квитанция/}).click();
  await sheet(page).locator('.facts-code dt').first().waitFor();
  await shoot(page, 'receipt-desktop-light-ru');
  await page.keyboard.press('Escape');
  await close();
});

async function openPay(page) {
  await inRussian(page);
  await goTo(page, '#/apps');
  await page.getByRole('button', {name: 'Открыть Посылка', exact: true}).first().click();
  await page.locator('.view input').fill('RA123456785RU');
  await press(page, 'Найти');
  await press(page, 'Оплатить');
}

test('sharing goes to the chat that was picked, and the card leads back into the app', async () => {
  const {page, close} = await openPage(browser, web.url, settings('Анна'));
  await inEnglish(page);
  await openFromGallery(page, 'Probe');
  await press(page, 'share');
  await sheet(page).getByRole('button', {name: 'Work'}).click();
  await outcome(page).filter({hasText: 'shared'}).waitFor();
  await goTo(page, '#/chats');
  await page.locator('.chat-row', {hasText: 'Work'}).click();
  const bubble = page.locator('.bubble', {hasText: 'Shared by the probe'});
  await bubble.waitFor();
  await bubble.getByRole('button', {name: 'Open Probe'}).click();
  await page.locator('.panel .view .v-button').first().waitFor();
  await close();
});
