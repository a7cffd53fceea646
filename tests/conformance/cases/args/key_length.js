/*---
id: ARGS-138
title: a key has 1 to 128 characters, whatever they weigh in bytes
level: 2
grants: none
expect: ok
---*/
const {local} = kiosk.storage;
await local.set({key: '\u0416'.repeat(128), value: 1});
for (const key of ['', '\u0416'.repeat(129), 'x'.repeat(100000)]) {
  await fails('invalid_params', () => local.set({key, value: 1}));
}
equal((await local.keys({})).keys.length, 1, 'keys');
