/*---
id: WEB-KIOSK-003
title: only plain data goes into a call, and the message names what is not
level: 2
grants: none
expect: ok
---*/
const table = {
  'params.f': { f() {} },
  'params.n': { n: NaN },
  'params.i': { i: Infinity },
  'params.b': { b: 1n },
  'params.s': { s: Symbol('s') },
  'params.d': { d: new Date() },
  'params.m': { m: new Map() },
  'params.l[1]': { l: [1, undefined] },
  'params.c': { c: new (class {})() },
};
for (const [path, params] of Object.entries(table)) {
  const error = await fails('invalid_params', () => kiosk.call('no.such', params));
  assert(error.message.startsWith(path), `"${error.message}" names ${path}`);
}
await fails('unsupported', () =>
  kiosk.call('no.such', { u: undefined, o: Object.create(null), z: -0 }),
);
