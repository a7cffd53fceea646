// Goal: the bootstrap leans on nothing that an app can rewrite. Freezing protects it too; here
// nothing is frozen, so that only the captured primordials do. Method: the same app runs twice,
// once after every method of the built-in prototypes and namespaces was replaced by a spy that
// throws. What the host was sent must be the same, and no spy may have been called.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import vm from 'node:vm';
import { bundle } from '../../runtime/guest/web/tools/bundle.mjs';
import { makeRealm } from './realm.mjs';

const source = await bundle();

// Everything the app does uses no built-in method itself.
const kApp = `
const a = document.createElement('stack');
const b = document.createElement('button');
a.append(b, 'text', document.createComment('c'));
b.setAttribute('kind', 'primary');
b.className = 'x y';
b.classList.add('z');
b.value = 'v';
a.insertBefore(document.createElement('p'), b);
document.body.append(a);
b.textContent = 'Pay я \\ud800';
b.addEventListener('click', event => {
  a.querySelector('button[kind=primary]').textContent = 'Paid';
  event.stopPropagation();
}, {once: true});
b.click();
a.replaceChildren(b, a.firstChild);
const copy = a.cloneNode(true);
document.body.prepend(copy);
const controller = new AbortController();
const calls = [
  kiosk.call('a.b', {list: [1, {two: 'x'}], n: null}, {idempotencyKey: 'k', timeoutMs: 100}),
  kiosk.call('c.d', {}, {signal: controller.signal}),
  kiosk.messages.share({text: 'я'}),
];
controller.abort();
for (let i = 0; i < 3; i++) (async () => { try { await calls[i]; } catch {} })();
let id = setTimeout(() => document.body.append('timer'), 5);
setTimeout(() => clearTimeout(id), 1);
setInterval(function() { document.body.append('interval'); clearTimeout(2); clearTimeout(3); }, 2);
queueMicrotask(() => document.body.append('microtask'));
const url = new URL('https://почта.рф/a/../b?x=1#y');
url.searchParams.append('k', 'v w');
url.searchParams.sort();
url.port = '81';
document.body.append(url.href, btoa('abc'), atob('YWJj'));
document.body.append(new TextDecoder('windows-1251').decode(new Uint8Array(2)));
kiosk.on('hidden', event => document.body.append(event.type));
console.log('text', 1, null);
const error = new DOMException('m', 'AbortError');
reportError(error);
document.body.append(kiosk.supports('messages.share', 'text') ? 'yes' : 'no');
`;

const kAttack = `(function() {
  const seen = Object.setPrototypeOf([], null);
  const own = Reflect.ownKeys, describe = Object.getOwnPropertyDescriptor;
  const put = Object.defineProperty;
  const name = String;
  const of = Object.getPrototypeOf;
  const targets = [
    [of([][Symbol.iterator]()), '%ArrayIterator%'], [of(new Map().entries()), '%MapIterator%'],
    [of(new Set().values()), '%SetIterator%'], [of(''[Symbol.iterator]()), '%StringIterator%'],
    [of(of([][Symbol.iterator]())), '%Iterator%'],
    [of(Uint8Array.prototype), '%TypedArray%.prototype'],
  ];
  for (const type of ['Array', 'Map', 'Set', 'WeakMap', 'WeakSet', 'String', 'Number', 'Boolean',
                      'BigInt', 'RegExp', 'Date', 'ArrayBuffer', 'DataView', 'Symbol', 'Function',
                      'Error', 'TypeError', 'Promise', 'Event', 'EventTarget', 'AbortSignal',
                      'URLSearchParams']) {
    targets[targets.length] = [globalThis[type].prototype, type + '.prototype'];
    targets[targets.length] = [globalThis[type], type];
  }
  for (const space of ['JSON', 'Reflect', 'Math', 'Object']) {
    targets[targets.length] = [globalThis[space], space];
  }
  // What the app itself names is left alone; so is what an app's use of its own objects must reach.
  const skips = {'Event.prototype': ['stopPropagation', 'type'],
                 'EventTarget.prototype': ['addEventListener'],
                 'URLSearchParams.prototype': ['append', 'sort', 'toString'],
                 'Function.prototype': [Symbol.hasInstance]};
  const list = targets.map(([object, path]) => [object, path, skips[path] ?? []]);
  for (let i = 0; i < list.length; i++) {
    const entry = list[i];
    const object = entry[0], path = entry[1], skip = entry[2];
    attackOne(object, path, skip);
  }
  function attackOne(object, path, skip) {
    const keys = own(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      let kept = key === 'constructor' || key === '__proto__' || key === 'prototype';
      for (let k = 0; k < skip.length; k++) kept = kept || skip[k] === key;
      if (kept) continue;
      const d = describe(object, key);
      if (d === undefined || !d.configurable) continue;
      const label = path + '.' + name(key);
      const spy = function() { seen[seen.length] = label; throw new SyntaxError(label); };
      if (typeof d.value === 'function') d.value = spy;
      else if (d.get !== undefined) d.get = spy;
      else continue;
      put(object, key, d);
    }
  }
  const inherited = ['get', 'set', 'value', 'toJSON', 'writable', 'enumerable', 'configurable',
                     'handleEvent', 'error', 'method', 'id', 'params', 'limits'];
  for (let i = 0; i < inherited.length; i++) {
    const key = inherited[i];
    put(Object.prototype, key, {configurable: true, __proto__: null, set() {},
      get() {
        if (typeof this === 'object') seen[seen.length] = 'Object.prototype.' + key;
        return undefined;
      }});
  }
  // Last, for from here on no array of this function could grow.
  for (let i = 0; i < 30; i++) {
    put(Array.prototype, i, {__proto__: null, configurable: true, get() { return undefined; },
      set() { seen[seen.length] = 'Array.prototype[' + i + ']'; }});
  }
  return seen;
})()`;

async function run(attacked) {
  const realm = await makeRealm(source, { frozen: false });
  realm.answer = ({ id }) => (id === 1 ? { result: { ok: [1] } } : undefined);
  const seen = attacked ? vm.runInContext(kAttack, realm.context) : [];
  realm.runScript(`'use strict';{${kApp}}`, 30);
  realm.hooks.deliver('{"jsonrpc":"2.0","method":"lifecycle","params":{"type":"hidden"}}');
  realm.hooks.deliver(
    '{"jsonrpc":"2.0","method":"ui.event","params":{"id":"1","type":"click","value":"x"}}',
  );
  realm.turn();
  const called = new Set();
  for (let i = 0; i < seen.length; i++) called.add(seen[i]);
  return { sent: realm.sent, logs: realm.logs.map(({ text }) => text), called: [...called] };
}

test('rewriting every built-in changes nothing that the host is sent', async () => {
  const calm = await run(false);
  const attacked = await run(true);
  assert.deepEqual(attacked.called, [], 'spies that were called');
  assert.deepEqual(attacked.sent, calm.sent);
  assert.equal(attacked.logs[0], calm.logs[0]);
  assert.ok(calm.sent.length > 5);
});
