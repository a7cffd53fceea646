// The page's words: both languages have all of them, and none was left in the other's.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {before, test} from 'node:test';

import {root} from '../support/kiosk.mjs';

const page = join(root, 'samples/hosts/web/page');
const {build} = createRequire(join(page, 'package.json'))('esbuild');
let languages, setLanguage, money;

before(async () => {
  const contents = `export * from './texts'; export {money} from './format';`;
  const bundle = await build({
    stdin: {contents, resolveDir: join(page, 'src/texts')},
    bundle: true,
    write: false,
    format: 'esm',
  });
  const code = Buffer.from(bundle.outputFiles[0].text).toString('base64');
  ({languages, setLanguage, money} = await import(`data:text/javascript;base64,${code}`));
});

/// "nav.chats" → the text; functions are called with something.
function flat(table, path = '') {
  return Object.entries(table).flatMap(([name, value]) => {
    if (typeof value === 'object') return flat(value, `${path}${name}.`);
    const given = ['7', '8'].slice(0, value.length);
    const text = typeof value === 'function' ? value(...given) : value;
    return [[`${path}${name}`, text]];
  });
}

test('Russian and English have the same keys, and no text is empty', () => {
  const en = new Map(flat(languages.en));
  const ru = new Map(flat(languages.ru));
  assert.deepEqual([...ru.keys()].sort(), [...en.keys()].sort());
  for (const [key, text] of [...en, ...ru]) assert.ok(String(text).trim() !== '', key);
});

test('Russian is Russian and English is English', () => {
  for (const [key, text] of flat(languages.ru)) {
    if (/[a-zа-яё]{2}/i.test(text)) assert.match(text, /[а-яё]/i, key);
  }
  for (const [key, text] of flat(languages.en)) assert.doesNotMatch(text, /[а-яё]/i, key);
});

test('Russian counts agree with their nouns', () => {
  const {points} = languages.ru.apps;
  assert.deepEqual([1, 2, 5, 11, 21, 22, 111].map(points),
                   ['1 балл', '2 балла', '5 баллов', '11 баллов', '21 балл', '22 балла',
                    '111 баллов']);
});

test('the wallet writes a sum as the host\'s sheets do', () => {
  for (const [language, minor, currency, words] of [
         ['en', 125000, 'RUB', 'RUB\u00a01,250.00'], ['en', 500, 'JPY', 'JPY\u00a0500'],
         ['ru', 125000, 'RUB', '1\u00a0250,00\u00a0₽'], ['ru', 5, 'KWD', '0,005\u00a0KWD'],
         ['ru', 125000, 'EUR', '1\u00a0250,00\u00a0EUR'],
       ]) {
    setLanguage(language);
    assert.equal(money(minor, currency), words);
  }
});
