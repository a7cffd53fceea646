// The host goes away and comes back; two users are there at once. Nothing is lost and nobody sees
// what is another's.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWeb} from '../support/web.mjs';

import {probeApp} from './apps.mjs';
import {goTo, launch, openOnlyApp, openPage, press, sheet} from './browser.mjs';

let web, browser;
before(async () => {
  web = await startWeb({apps: [probeApp()]});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await web?.stop();
});

async function openChat(page, title) {
  await goTo(page, '#/chats');
  await page.locator('.chat-row', {hasText: title}).click();
  await page.locator('.composer').waitFor();
}

async function say(page, text) {
  await page.locator('.composer textarea').fill(text);
  await page.keyboard.press('Enter');
}

const bubble = (page, text) => page.locator('.bubble:not(.bubble-sending)', {hasText: text});

test('two users write to each other and see only their own questions', async () => {
  const anna = await openPage(browser, web.url, {user: 'Анна'});
  const boris = await openPage(browser, web.url, {user: 'Борис'});
  await openChat(anna.page, 'Work');
  await openChat(boris.page, 'Work');
  await say(anna.page, 'Are you there?');
  await bubble(boris.page, 'Are you there?').waitFor();
  await say(boris.page, 'I am.');
  await bubble(anna.page, 'I am.').waitFor();

  await openOnlyApp(anna.page);
  await openOnlyApp(boris.page);
  await press(anna.page, 'name');
  await sheet(anna.page).waitFor();
  assert.equal(await sheet(boris.page).count(), 0);
  const marks = [];
  await press(boris.page, 'name');
  for (const {page} of [anna, boris]) {
    marks.push(await sheet(page).locator('.mark-pictures').innerText());
    await page.keyboard.press('Escape');
    await sheet(page).waitFor({state: 'detached'});
  }
  assert.notEqual(marks[0], marks[1]);
  await anna.close();
  await boris.close();
});

test('typing faster than the host answers loses no letter', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Вера'});
  await openOnlyApp(page);
  const text = 'The quick brown fox jumps over the lazy dog';
  await page.locator('.view input').pressSequentially(text, {delay: 4});
  await page.locator('.view').getByText(`echo ${text}`).waitFor();
  assert.equal(await page.locator('.view input').inputValue(), text);
  await close();
});

test('an app that hangs is ended, says so, and opens again', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Вера'});
  await openOnlyApp(page);
  await press(page, 'spin');
  await page.locator('.cover .button-primary').click();
  await page.locator('.view .v-button').first().waitFor();
  await press(page, 'count');
  await page.locator('.view').getByText('count: 1').waitFor();
  await close();
});

test('after a restart of the host everything is there again, the mini-app too', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Анна', stopsHost: true});
  await openChat(page, 'Family');
  await say(page, 'Before the restart');
  await bubble(page, 'Before the restart').waitFor();
  await openOnlyApp(page);
  await press(page, 'count');
  await page.locator('.view').getByText('count: 1').waitFor();
  await openChat(page, 'Family');

  await web.stop();
  await page.locator('.banner-lost').waitFor();
  await say(page, 'Written without a host');
  await page.locator('.bubble-failed').waitFor();
  web = await web.restart();

  await page.locator('.banner-lost').waitFor({state: 'detached'});
  await page.locator('.message-again .button').first().click();
  await bubble(page, 'Written without a host').waitFor();
  assert.equal(await bubble(page, 'Before the restart').count(), 1);
  // The app runs anew: it counts from the beginning.
  await page.locator('.view .v-button').first().waitFor();
  await press(page, 'count');
  await page.locator('.view').getByText('count: 1').waitFor();
  await close();
});
