// What the host draws around a mini-app at its wish: title, main button, back, alert, action sheet,
// toast; and the user's own hand over what an app keeps.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {writeApp} from '../support/kiosk.mjs';
import {startWeb} from '../support/web.mjs';

import {operator} from './apps.mjs';
import {goTo, launch, openPage, phone, seriousFindings, sheet, shoot} from './browser.mjs';

const framed = writeApp(
    `
const out = document.createElement('p');
document.body.append(out);
const tell = text => { out.textContent = text; };
kiosk.on('mainButton', async () => {
  const {button} = await kiosk.ui.alert({
    message: 'The order cannot be changed later.',
    buttons: [{id: 'no', label: 'Not yet'}, {id: 'yes', label: 'Order it'}],
  });
  const items = [{id: 'post', label: 'To the post office'}, {id: 'home', label: 'To my door'}];
  const {item} = await kiosk.ui.actionSheet({items});
  await kiosk.ui.toast({message: 'Noted'});
  tell('ordered: ' + button + ' ' + item);
});
kiosk.on('navigated', ({detail}) => tell('at ' + detail.path));
await kiosk.ui.setTitle({title: 'Order'});
await kiosk.ui.setMainButton({text: 'Buy', visible: true});
await kiosk.ui.navigateTo({path: '/two'});
`,
    {more: {app_id: 'org.example.framed', name: 'Framed', operator}});

const keeper = writeApp(
    `
const out = document.createElement('p');
const button = document.createElement('button');
button.textContent = 'Count';
button.addEventListener('click', async () => {
  const {keys} = await kiosk.storage.local.keys({});
  await kiosk.storage.local.set({key: 'k' + keys.length, value: 1});
  out.textContent = 'it kept ' + keys.length;
});
document.body.append(button, out);
`,
    {more: {app_id: 'org.example.keeper', name: 'Keeper', operator}});

let browser, web;
before(async () => {
  web = await startWeb({apps: [framed, keeper]});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await web?.stop();
});

async function openApp(page, name) {
  await goTo(page, '#/apps');
  await page.locator('.app-card', {hasText: name}).locator('.button-primary').click();
  await page.locator('.view').waitFor();
}

test(
    'the frame of an app: its title, its main button, an alert, an action sheet, a toast',
    async () => {
      const {page, close} = await openPage(browser, web.url, {user: 'Борис', viewport: phone});
      await openApp(page, 'Framed');
      await page.locator('.panel-title', {hasText: 'Order'}).waitFor();
      assert.equal(await page.locator('.panel-app').textContent(), 'Framed');
      await page.locator('.panel-foot .button', {hasText: 'Buy'}).click();
      const alert = sheet(page);
      await alert.getByText('The order cannot be changed later.').waitFor();
      assert.match(await alert.textContent(), /Framed/, 'an alert says whose words it holds');
      await shoot(page, 'frame-alert');
      assert.deepEqual(await seriousFindings(page), []);
      await alert.getByRole('button', {name: 'Order it'}).click();
      await sheet(page).getByText('To my door').waitFor();
      await shoot(page, 'frame-action-sheet');
      assert.deepEqual(await seriousFindings(page), []);
      await sheet(page).getByRole('button', {name: 'To my door'}).click();
      await page.locator('.toast', {hasText: 'Noted'}).waitFor();
      await page.locator('.view', {hasText: 'ordered: yes home'}).waitFor();
      await close();
    });

test('Escape closes an alert, and the app learns that nothing was chosen', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Вера'});
  await openApp(page, 'Framed');
  await page.locator('.panel-foot .button', {hasText: 'Buy'}).click();
  await sheet(page).getByText('The order cannot be changed later.').waitFor();
  await page.keyboard.press('Escape');
  await sheet(page).getByText('To my door').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.view', {hasText: 'ordered: null null'}).waitFor();
  await close();
});

test('back leads to the page of the app before, and goes when there is none', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Анна'});
  await openApp(page, 'Framed');
  const back = page.locator('.panel-bar').getByRole('button', {name: /^(Назад|Back)$/});
  await back.waitFor();
  await back.click();
  await page.locator('.view', {hasText: 'at /'}).waitFor();
  await back.waitFor({state: 'detached'});
  await close();
});

test('a user erases what an app keeps, after one question', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Борис'});
  const count = () => page.locator('.view .v-button', {hasText: 'Count'}).click();
  await openApp(page, 'Keeper');
  await count();
  await page.locator('.view', {hasText: 'it kept 0'}).waitFor();
  await count();
  await page.locator('.view', {hasText: 'it kept 1'}).waitFor();
  await goTo(page, '#/privacy');
  await page.getByRole('button', {name: /^(Удалить данные|Erase data): Keeper$/})
      .click();
  await shoot(page, 'frame-erase');
  await sheet(page).locator('.button-danger').click();
  await sheet(page).waitFor({state: 'detached'});
  await openApp(page, 'Keeper');
  await count();
  await page.locator('.view', {hasText: 'it kept 0'}).waitFor();
  await close();
});

test('an app that its user closed stays closed, though the page goes at once', async () => {
  const {page, close} = await openPage(browser, web.url, {user: 'Вера'});
  await openApp(page, 'Framed');
  // The page is left before the request has.
  await page.route('**/api/sessions/*', async route => {
    await new Promise(resolve => setTimeout(resolve, 500));
    await route.continue().catch(() => {});
  });
  const left = page.waitForURL('about:blank');
  await page.evaluate(() => {
    [...document.querySelectorAll('.panel-bar .icon-button')].at(-1).click();
    location.replace('about:blank');
  });
  await left;
  const again = await openPage(browser, web.url, {user: 'Вера'});
  const countOpen = () =>
      again.page.evaluate(async () => (await (await fetch('/api/state')).json()).sessions.length);
  let count = await countOpen();
  for (let round = 0; count > 0 && round < 50; ++round) {
    await again.page.waitForTimeout(100);
    count = await countOpen();
  }
  assert.equal(count, 0);
  await again.close();
  await close();
});
