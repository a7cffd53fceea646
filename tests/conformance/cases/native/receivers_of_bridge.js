/*---
id: NATIVE-101
title: functions of the bridge need no receiver and obey none
level: 2
refs: ["SBX-NATIVE-001"]
grants: none
expect: ok
---*/
const {get} = kiosk.storage.local;
for (const receiver of [undefined, null, 1, {}, globalThis, Symbol.iterator, [], new Map()]) {
  const result = await Reflect.apply(get, receiver, [{key: 'k'}]);
  equal(result.found, false, 'found');
}
