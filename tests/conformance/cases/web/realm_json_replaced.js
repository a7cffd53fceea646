/*---
id: SBX-REALM-013
title: an app that replaces the global JSON changes neither calls nor the view
level: 2
grants: none
expect: ok
---*/
const calls = [];
globalThis.JSON = {
  stringify: (value) => (calls.push(value), '{}'),
  parse: (text) => (calls.push(text), {}),
};
const error = await fails('unsupported', () => kiosk.call('no.such', { a: 1 }));
equal(error.method, 'no.such', 'method');
document.body.append('text');
await new Promise((resolve) => setTimeout(resolve, 1));
equal(calls.length, 0, 'calls of the spy');
