// Figures of the web host in chromium: from the tap on Open to the first view of a mini-app, and
// from an event to its repaint, through the host and the jail. Prints one JSON object.
//
//   node tests/bench/browser.mjs [ROUNDS]      KIOSK_BUILD names the build folder

import {writeApp} from '../support/kiosk.mjs';
import {startWeb} from '../support/web.mjs';
import {goTo, launch, openPage} from '../browser/browser.mjs';

import {figures} from './figures.mjs';

const rounds = Number(process.argv[2] ?? 20);
const eventsPerRound = 20;

const app = writeApp(`
const count = document.createElement('p');
let number = 0;
const button = document.createElement('button');
button.textContent = 'count';
button.addEventListener('click', () => { count.textContent = 'at ' + ++number; });
count.textContent = 'at 0';
document.body.append(button, count);
`, {more: {app_id: 'org.example.bench', name: 'Bench'}});

/// In the page: presses and waits for the frame in which what it waited for was painted.
const timed = (page, press, wanted) => page.evaluate(async ([selector, text]) => {
  const began = performance.now();
  document.querySelector(selector).click();
  for (;;) {
    const found = [...document.querySelectorAll('.view .v-text')].at(-1);
    if (found?.textContent === text) break;
    await new Promise(resolve => {
      const watch = new MutationObserver(() => {
        watch.disconnect();
        resolve();
      });
      watch.observe(document.body, {subtree: true, childList: true, characterData: true});
    });
  }
  await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)));
  return performance.now() - began;
}, [press, wanted]);

const web = await startWeb({apps: [app]});
const browser = await launch();
const opened = await openPage(browser, web.url, {user: 'Анна'});
const {page} = opened;
const first = [];
const repaint = [];
for (let round = 0; round < rounds; ++round) {
  await goTo(page, '#/apps');
  await page.locator('.app-card .button-primary').waitFor();
  first.push(await timed(page, '.app-card .button-primary', 'at 0'));
  for (let event = 1; event <= eventsPerRound; ++event) {
    repaint.push(await timed(page, '.view .v-button', `at ${event}`));
  }
  await page.locator('.panel-bar .icon-button').last().click();
  await page.locator('.panel').waitFor({state: 'detached'});
}
await opened.close();
await browser.close();
await web.stop();
console.log(JSON.stringify({firstView: figures(first, 95), eventToRepaint: figures(repaint, 95)}));
