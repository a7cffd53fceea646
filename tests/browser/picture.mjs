// A picture of a part of a page as SVG: its elements, and of the page's style sheets the rules that
// meet them. It is text, so it can be committed and compared, and every browser draws it.

import assert from 'node:assert/strict';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

import {root, slowness} from '../support/kiosk.mjs';

const inlineBytesMax = 16_384;
/// How often a page is looked at, and how many times, until it shows what it should.
const betweenMs = 200;
const triesMax = 50;

/// In the page: what `selector` finds, as XHTML with its rules and its size.
async function takeDown([selector, bytesMax]) {
  const source = document.querySelector(selector);
  const copy = source.cloneNode(true);
  const live = [source, ...source.querySelectorAll('*')];
  const copies = [copy, ...copy.querySelectorAll('*')];
  const asDataUrl = async address => {
    const blob = await (await fetch(address)).blob();
    if (blob.size > bytesMax) throw new Error(`${address} has ${blob.size} bytes`);
    return new Promise(done => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.readAsDataURL(blob);
    });
  };
  for (const [index, element] of live.entries()) {
    const made = copies[index];
    made.removeAttribute('data-node');
    if (element.matches('input:not([type="checkbox"], [type="radio"]), textarea'))
      made.setAttribute('value', element.value);
    if (element.matches('textarea')) made.textContent = element.value;
    if (element.checked !== undefined) made.toggleAttribute('checked', element.checked);
    if (element.matches('option')) made.toggleAttribute('selected', element.selected);
    // The page's policy loads no such address, even for a copy: it becomes `src` outside.
    made.removeAttribute('src');
    if (element.matches('img[src]')) made.setAttribute('data-src', await asDataUrl(element.src));
  }
  const matches = rule => {
    const plain = rule.selectorText.split(',').map(
        part => part.replace(/::[\w-]+(\([^)]*\))?/g, '').trim() || '*');
    return [document.documentElement, document.body, ...live].some(
        element => plain.some(part => element.matches(part)));
  };
  const kept = [];
  const keep = rules => {
    for (const rule of rules) {
      if (rule.selectorText !== undefined) {
        if (matches(rule)) kept.push(rule.cssText);
      } else if (rule.media !== undefined) {
        if (matchMedia(rule.media.mediaText).matches) keep(rule.cssRules);
      } else if (rule.cssRules !== undefined && rule.name === undefined) {
        keep(rule.cssRules);
      }
    }
  };
  for (const sheet of document.styleSheets) keep(sheet.cssRules);
  const {width, height} = source.getBoundingClientRect();
  const htmlState = [...document.documentElement.attributes].map(
      ({name, value}) => [name, value]);
  return {
    // Names of groups hold the session's id.
    markup: new XMLSerializer().serializeToString(copy).replace(/\b[0-9a-f]{32}\b/g, 'session'),
    css: kept.join('\n'),
    width: Math.ceil(width),
    height: Math.ceil(height),
    attributes: htmlState,
  };
}

/// What `selector` shows, as SVG.
export async function pictureOf(page, selector) {
  const {markup, css, width, height, attributes} =
      await page.evaluate(takeDown, [selector, inlineBytesMax]);
  // Inside, a <div> stands for the page's <html>, whose attributes choose its colours.
  const rules = css.replaceAll(':root', '.picture')
                    .replace(/(^|[\s,}])(?:html|body)\b/gm, '$1.picture')
                    .replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const state = attributes.filter(([name]) => name !== 'class')
                    .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`)
                    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
      `viewBox="0 0 ${width} ${height}">\n<foreignObject width="100%" height="100%">\n` +
      `<div xmlns="http://www.w3.org/1999/xhtml" class="picture"${state}>\n<style>\n${rules}\n` +
      `.picture { width: ${width}px; height: ${height}px; overflow: hidden; }\n` +
      `.picture * { scrollbar-width: none; }\n</style>\n` +
      `${markup.replaceAll(' data-src="', ' src="')}\n</div>\n</foreignObject>\n</svg>\n`;
}

/// What of a picture must be as it was: elements and words. Sizes depend on the fonts of the
/// machine, and browsers write the same rule in other ways.
const shownIn = text => text.slice(text.indexOf('</style>'));

const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

/// The picture once the app has drawn all: when it stays the same for a moment.
async function settledPicture(page, selector) {
  let last = await pictureOf(page, selector);
  for (let tries = 0; tries < triesMax; ++tries) {
    await pause(2 * betweenMs);
    const now = await pictureOf(page, selector);
    if (now === last) break;
    last = now;
  }
  return last;
}

/// Waits until the page shows what a committed picture does; KIOSK_PICTURES=write draws it anew.
export async function checkPicture(page, selector, path) {
  const file = join(root, path);
  if (process.env.KIOSK_PICTURES === 'write') {
    mkdirSync(dirname(file), {recursive: true});
    writeFileSync(file, await settledPicture(page, selector));
    return;
  }
  const wanted = existsSync(file) ? shownIn(readFileSync(file, 'utf8')) : '';
  let shown = '';
  for (let tries = 0; tries < triesMax * slowness; ++tries) {
    shown = shownIn(await pictureOf(page, selector));
    if (shown === wanted) return;
    await pause(betweenMs);
  }
  assert.fail(
      `${path} is out of date: KIOSK_PICTURES=write node --test tests/browser/pictures.test.mjs` +
      firstDifference(shown, wanted));
}

/// Where two pictures part, as a person compares them.
function firstDifference(shown, wanted) {
  let at = 0;
  while (at < shown.length && shown[at] === wanted[at]) ++at;
  const around = text => JSON.stringify(text.slice(Math.max(0, at - 100), at + 160));
  return `\nthe page shows: ${around(shown)}\nthe picture:    ${around(wanted)}`;
}
