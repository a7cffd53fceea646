/*---
id: SBX-REALM-014
title: an app that replaces global constructors and functions changes nothing for the bridge
level: 2
grants: none
expect: ok
---*/
let seen = 0;
const spy = new Proxy(function () {}, {
  apply: () => ++seen,
  construct: () => (++seen, {}),
  get: (target, key) => (++seen, target[key]),
});
for (const name of [
  'Promise',
  'Map',
  'Set',
  'WeakMap',
  'Error',
  'TypeError',
  'Object',
  'Array',
  'Reflect',
  'String',
  'Number',
  'Symbol',
  'Proxy',
  'setTimeout',
  'queueMicrotask',
  'Uint8Array',
  'Event',
  'EventTarget',
  'AbortSignal',
  'DOMException',
  'console',
  'Math',
  'Node',
  'RegExp',
  'structuredClone',
  'Iterator',
  'Function',
]) {
  globalThis[name] = spy;
}
let code;
try {
  await kiosk.call('no.such', { list: [1, { two: 2 }] });
} catch (error) {
  code = error.code;
}
const node = document.createElement('p');
node.textContent = 'x';
document.body.append(node);
node.dispatchEvent(document.createEvent('Event'));
equal(code, 'unsupported', 'code');
equal(seen, 0, 'calls of the spies');
