/*---
id: ARGS-142
title: a message of more values than allowed is refused, however small it is
level: 2
grants: none
control: naive
expect: ok
---*/
const many = new Array(16000).fill(0);
await kiosk.storage.local.set({key: 'k', value: many});
await fails('payload_too_large', () => kiosk.storage.local.set({
  key: 'k',
  value: new Array(20000).fill(0),
}));
equal((await kiosk.storage.local.get({key: 'k'})).value.length, 16000, 'the first is kept');
