/*---
id: ISO-105
title: a storage key that looks like a path or a query is a key like any other
level: 4
refs: ["SBX-PERM-008", "CWE-22", "CWE-89"]
grants: none
expect: ok
---*/
const {local} = kiosk.storage;
const keys = [
  '../org.example.other/k', '/etc/passwd', '%', '_', 'k\'; DROP TABLE local;--', '*',
  'org.example.other', '..', '.'
];
for (const [index, key] of keys.entries()) await local.set({key, value: index});
for (const [index, key] of keys.entries()) equal((await local.get({key})).value, index, key);
equal((await local.keys({})).keys.length, keys.length, 'keys');
equal((await local.remove({key: '%'})).removed, true, 'one is removed');
equal((await local.keys({})).keys.length, keys.length - 1, 'and one alone');
