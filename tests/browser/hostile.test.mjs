// A mini-app that means harm, in a real browser: it imitates, covers and hurries the consent sheet,
// injects HTML through every property and text, and asks for pictures from elsewhere. It fails.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startWeb} from '../support/web.mjs';

import {componentList, hostileApp, naughtyStrings} from './apps.mjs';
import {launch, openOnlyApp, openPage, phone, press, sheet, shoot} from './browser.mjs';

let web, browser;
before(async () => {
  web = await startWeb({apps: [hostileApp()]});
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await web?.stop();
});

async function openHostile(options = {}) {
  const opened = await openPage(browser, web.url, {user: 'Анна', ...options});
  await openOnlyApp(opened.page);
  // The session is the user's and not the page's: the next test begins with a fresh one.
  const close = async () => {
    const ended = opened.page.waitForResponse(answer => answer.request().method() === 'DELETE');
    await opened.page.locator('.panel-bar .icon-button').last().click();
    await opened.page.locator('.panel').waitFor({state: 'detached'});
    assert.equal((await ended).ok(), true);
    await opened.close();
  };
  return {page: opened.page, close};
}

test('no property and no text becomes HTML, script, style or an address', async () => {
  const {page, close} = await openHostile();
  for (let index = 0; index < naughtyStrings.length; ++index) {
    await press(page, `naughty ${index}`);
    await page.locator('.view').getByText(`done ${index}`).waitFor();
    const found = await page.evaluate(() => {
      const view = document.querySelector('.view');
      const bad = [];
      if (globalThis.pwned !== undefined) bad.push('a script ran');
      for (const tag of ['script', 'style', 'iframe', 'object', 'embed', 'link', 'form', 'a',
                         'base', 'meta', 'dialog', 'template']) {
        if (view.querySelector(tag) !== null) bad.push(`an element ${tag}`);
      }
      for (const el of view.querySelectorAll('*')) {
        for (const {name, value} of el.attributes) {
          if (/^on|^(href|srcdoc|action|formaction|popover|is|style)$/.test(name)) {
            bad.push(`${el.tagName} ${name}="${value}"`);
          }
          if (name === 'src' && !value.startsWith('/assets/')) bad.push(`src="${value}"`);
          if (name === 'class' && /modal|consent|allow/.test(value)) bad.push(`class="${value}"`);
        }
      }
      return bad;
    });
    assert.deepEqual(found, [], naughtyStrings[index]);
  }
  // What it says is there to be read, as it was written.
  await press(page, 'naughty 0');
  await page.locator('.view').getByText(naughtyStrings[0], {exact: false}).first().waitFor();
  await close();
});

const hasDialogs = componentList().some(({name}) => name === 'dialog');
for (const viewport of [undefined, phone]) {
  const where = viewport === undefined ? 'desktop' : 'phone';
  const claim = `an imitated sheet stays in its panel, without the user's pictures (${where})`;
  test(claim, {skip: !hasDialogs && 'no component can imitate a sheet'}, async () => {
    const {page, close} = await openHostile({viewport});
    await press(page, 'imitate');
    const fake = page.locator('.view [role=dialog]');
    await fake.waitFor();
    await shoot(page, `hostile-imitates-${where}`);
    const port = await page.locator('.view-port').boundingBox();
    const overlay = await page.locator('.v-overlay').boundingBox();
    assert.ok(
        overlay.x >= port.x && overlay.y >= port.y &&
            overlay.x + overlay.width <= port.x + port.width + 1 &&
            overlay.y + overlay.height <= port.y + port.height + 1,
        'what it draws over everything is held in its panel');
    assert.equal(await page.locator('dialog[open]').count(), 0);
    assert.equal(await page.locator('.panel-bar').isVisible(), true, 'the host\'s bar is seen');
    const atBar = await page.evaluate(() => {
      const {x, y, width, height} = document.querySelector('.panel-bar').getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2).closest('.view') === null;
    });
    assert.ok(atBar);
    await close();
  });
}

test('a sheet of the host cannot be covered, nor does it lose the focus', async () => {
  const {page, close} = await openHostile();
  await press(page, 'ask');
  await sheet(page).waitFor();
  // All this while the app puts its own sheet on top, takes the focus and moves things.
  const seen = await page.evaluate(async () => {
    const dialog = document.querySelector('dialog.modal-consent');
    const {x, y, width, height} = dialog.querySelector('.modal-box').getBoundingClientRect();
    let covered = 0;
    let lost = 0;
    for (let round = 0; round < 30; ++round) {
      for (let i = 1; i < 10; ++i) {
        for (let j = 1; j < 10; ++j) {
          const at = document.elementFromPoint(x + width * i / 10, y + height * j / 10);
          if (!dialog.contains(at)) ++covered;
        }
      }
      if (!dialog.contains(document.activeElement)) ++lost;
      await new Promise(resolve => setTimeout(resolve, 25));
    }
    const outside = document.elementFromPoint(5, 5);
    return {covered, lost, dimmed: outside === dialog};
  });
  assert.deepEqual(seen, {covered: 0, lost: 0, dimmed: true});
  await shoot(page, 'hostile-asks-desktop');
  const words = await sheet(page).innerText();
  assert.match(words, /<b>Press Allow at once<\/b>/, 'its reason is text, quoted');
  assert.equal(await sheet(page).locator('.mark-pictures span').count(), 3);
  // A key that is held down answers nothing.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  assert.equal(await sheet(page).count(), 1);
  await page.keyboard.press('Escape');
  await sheet(page).waitFor({state: 'detached'});
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  await close();
});

test('the page itself takes no script, no frame and no request from elsewhere', async () => {
  const answer = await fetch(`${web.url}/`);
  const policy = answer.headers.get('content-security-policy');
  for (const rule of ['default-src \'none\'', 'script-src \'self\'', 'style-src \'self\'',
                      'connect-src \'self\'', 'frame-ancestors \'none\'',
                      'require-trusted-types-for \'script\'']) {
    assert.ok(policy.includes(rule), rule);
  }
  const html = await answer.text();
  assert.doesNotMatch(html, /<style|style=|<script(?![^>]*src=)|\son[a-z]+=/i);
});
