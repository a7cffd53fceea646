// Debian's chromium, and pages that tell on themselves: an error in the console, a request that
// leaves this host or a breach of the page's own policy fails the test that made it.

import assert from 'node:assert/strict';
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join} from 'node:path';

import {chromium} from 'playwright-core';

import {root, slowness} from '../support/kiosk.mjs';

const chromiumPath = process.env.KIOSK_CHROMIUM ?? '/usr/bin/chromium';
const waitMsMax = 10_000 * slowness;
export const screenshots = join(root, 'build/screenshots');
mkdirSync(screenshots, {recursive: true});

export const desktop = {width: 1280, height: 800};
export const phone = {width: 390, height: 844};

const axeSource =
    readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/// A browser; its sandbox needs user namespaces, which a container may not give to root.
export async function launch() {
  return chromium.launch({
    executablePath: chromiumPath,
    args: process.getuid() === 0 ? ['--no-sandbox'] : [],
  });
}

/// What a page may say to the console although all is well: a connection that broke because the
/// test stopped the host, and a session that went with it.
const broken =
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_CONNECTION_RESET|ERR_EMPTY|status of 404/;

/// A page in a browser context of its own. `complaints` grows with everything that must not be.
export async function openPage(browser, url, options = {}) {
  const {viewport = desktop, colorScheme = 'light', locale = 'en-GB', user} = options;
  const context = await browser.newContext({
    viewport,
    colorScheme,
    locale,
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
    hasTouch: viewport.width < 760,
  });
  context.setDefaultTimeout(waitMsMax);
  const complaints = [];
  const page = await context.newPage();
  const host = new URL(url).host;
  page.on('request', request => {
    if (new URL(request.url()).host !== host) complaints.push(`request to ${request.url()}`);
  });
  page.on('console', message => {
    const mayBe = options.stopsHost && broken.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !mayBe) {
      complaints.push(`console: ${message.text()} ${message.location().url}`);
    }
  });
  page.on('pageerror', error => complaints.push(`error: ${error.stack}`));
  await page.addInitScript(`addEventListener('securitypolicyviolation',
      event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))`);
  await page.goto(`${url}/`);
  if (user !== undefined) await logIn(page, user);
  return {
    page,
    complaints,
    /// Ends the page; nothing may have been complained of.
    async close() {
      await context.close();
      assert.deepEqual(complaints, []);
    },
  };
}

export async function logIn(page, user) {
  await page.locator('.login-user', {hasText: user}).click();
  await page.locator('.shell').waitFor();
}

export const goTo = (page, hash) => page.evaluate(to => void (location.hash = to), hash);

/// Opens the one mini-app of the gallery, and waits until it shows a button.
export async function openOnlyApp(page) {
  await goTo(page, '#/apps');
  await page.locator('.app-card .button-primary').click();
  await page.locator('.view .v-button').first().waitFor();
}

/// Presses the button `name` of the mini-app that is open.
export const press = (page, name) =>
    page.locator('.view').getByRole('button', {name, exact: true}).click();

/// A picture of the page for people to look at.
export async function shoot(page, name) {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(120);
  await page.screenshot({path: join(screenshots, `${name}.png`)});
}

/// What axe finds serious or critical, as lines.
export async function seriousFindings(page) {
  await page.evaluate(axeSource).catch(async () => {
    // The page's policy allows no script but its own: the tool is let in from outside.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', {expression: axeSource});
  });
  const results = await page.evaluate(() => globalThis.axe.run(document, {
    resultTypes: ['violations'],
  }));
  return results.violations.filter(({impact}) => ['serious', 'critical'].includes(impact))
      .flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target.join(' ')}
        ${node.failureSummary}`));
}

/// The sheet of the host that is open.
export const sheet = page => page.locator('dialog.modal[open] .modal-box');

/// Waits until Allow works, then presses it.
export async function allow(page) {
  const button = sheet(page).locator('.allow');
  await button.and(page.locator('.allow-armed')).waitFor();
  await button.click();
}
