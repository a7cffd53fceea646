/*---
id: SBX-REALM-025
title: errors that fight back are described without an exception
level: 2
grants: none
expect: ok
---*/
const bombs = [
  Object.assign(new Error('a'), { name: Symbol('name') }),
  Object.defineProperty(new Error('b'), 'name', {
    get() {
      throw new Error('in name');
    },
  }),
  Object.defineProperty(new Error('c'), 'message', {
    get() {
      throw new Error('in message');
    },
  }),
  Object.defineProperty(new Error('d'), 'stack', {
    get() {
      throw new Error('in stack');
    },
  }),
  new Proxy(new Error('e'), {
    get() {
      throw new Error('in trap');
    },
  }),
  new Proxy(
    {},
    {
      getPrototypeOf() {
        throw new Error('in trap');
      },
    },
  ),
  Symbol('thrown'),
  null,
  undefined,
  10n,
  () => {},
  Object.create(null),
];
let seen = 0;
addEventListener('error', (event) => {
  ++seen;
  event.preventDefault();
});
for (const bomb of bombs) reportError(bomb);
equal(seen, bombs.length, 'error events');
for (const bomb of bombs) console.debug(bomb);
