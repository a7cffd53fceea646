/*---
id: NATIVE-129
title: an object in the place of a method's name is asked once, and what it said is what is called
level: 2
refs: ["SBX-NATIVE-007", "vm2 ATTACKS 3"]
grants: none
expect: { outcome: ok, host: { calls: ["storage.local.keys ok"] } }
---*/
const names = ['storage.local.keys', 'storage.local.clear', 'host.info'];
let asked = 0;
const result = await kiosk.call({toString: () => names[asked++]}, {});
equal(asked, 1, 'times asked');
equal(JSON.stringify(result), '{"keys":[]}', 'the result');
