/*---
id: BRG-004
title: an app that rewrites the language under the bridge changes nothing for the bridge
level: 2
template: true
grants: all
expect: ok
---*/
const attempt = action => {
  try {
    action();
  } catch {
    // Refused is as good as without effect.
  }
};
let seen = 0;
const spy = () => {
  ++seen;
  return {then: spy};
};
attempt(() => Promise.prototype.then = spy);
attempt(() => Object.defineProperty(Array.prototype, 0, {set: spy, get: spy}));
attempt(() => Object.prototype.toJSON = spy);
attempt(() => globalThis.JSON = {
  parse: spy,
  stringify: spy
});
attempt(() => globalThis.Promise = class {});
attempt(() => globalThis.Map = spy);
attempt(() => Function.prototype.call = spy);
attempt(() => globalThis.Error = spy);
attempt(() => kiosk.call = spy);
attempt(() => kiosk.storage.local.get = spy);
await kiosk.storage.local.set({key: 'k', value: {list: [1, 2]}});
const {found, value} = await kiosk.storage.local.get({key: 'k'});
equal(found, true, 'found');
equal(value.list[1], 2, 'the value');
equal(seen, 0, 'calls of the spies');
