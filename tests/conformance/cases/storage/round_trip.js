/*---
id: STO-001
title: what an app stored it gets back, and what it removed is gone
level: 4
grants: none
expect: ok
---*/
const {local} = kiosk.storage;
const value = {
  text: 'Посылка',
  list: [1, 2.5, null, true],
  nested: {a: {}}
};
await local.set({key: 'ключ', value});
const got = (await local.get({key: 'ключ'})).value;
for (const name of Object.keys(value)) {
  equal(JSON.stringify(got[name]), JSON.stringify(value[name]), name);
}
equal((await local.keys({})).keys.join(), 'ключ', 'the keys');
equal((await local.remove({key: 'ключ'})).removed, true, 'removed');
equal((await local.get({key: 'ключ'})).found, false, 'found');
