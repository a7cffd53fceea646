/*---
id: ARGS-146
title: names that look like numbers come back as names, none lost
level: 2
grants: none
expect: ok
---*/
const value = {
  '10': 'a',
  '9': 'b',
  '01': 'c',
  '-1': 'd',
  '4294967295': 'e',
  '1e3': 'f',
  '': 'g'
};
await kiosk.storage.local.set({key: 'k', value});
const back = (await kiosk.storage.local.get({key: 'k'})).value;
equal(Object.keys(back).sort().join('|'), Object.keys(value).sort().join('|'), 'the names');
