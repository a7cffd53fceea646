/*---
id: ARGS-134
title: a NUL in a text neither ends it nor vanishes
level: 2
refs: ["SBX-NATIVE-011", "CWE-158"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: {'a\u0000b': 'c\u0000d'}});
const {value} = await kiosk.storage.local.get({key: 'k'});
equal(JSON.stringify(value), '{"a\\u0000b":"c\\u0000d"}', 'the value');
await fails('key_invalid', () => kiosk.storage.local.set({key: 'k\u0000x', value: 1}));
