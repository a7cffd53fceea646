/*---
id: ARGS-133
title: lone surrogates become U+FFFD, in values and in names
level: 2
refs: ["SBX-NATIVE-011", "Unicode 3.9"]
grants: none
expect: ok
---*/
await kiosk.storage.local.set({key: 'k', value: ['\ud800', 'a\udc00b', {'\ud83d': 1}]});
const {value} = await kiosk.storage.local.get({key: 'k'});
equal(value[0], '\ufffd', 'a high one');
equal(value[1], 'a\ufffdb', 'a low one');
equal(Object.keys(value[2])[0], '\ufffd', 'in a name');
await kiosk.storage.local.set({key: 'k', value: '\ud83d\ude00'});
equal((await kiosk.storage.local.get({key: 'k'})).value, '\u{1f600}', 'a pair');
