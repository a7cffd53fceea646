/*---
id: BRG-010
title: values that JSON does not know are refused as invalid_params, and no getter is run twice
level: 2
template: true
grants: all
expect: ok
---*/
const cyclic = {};
cyclic.self = cyclic;
for (const value of [cyclic, 1n, {deep: 10n}]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
let reads = 0;
const params = {
  key: 'k',
  get value() {
    return ++reads;
  },
};
await kiosk.storage.local.set(params);
equal(reads, 1, 'reads of the getter');
equal((await kiosk.storage.local.get({key: 'k'})).value, 1, 'the value that was read');
