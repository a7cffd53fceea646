/*---
id: REALM-119
title: FinalizationRegistry cannot be made to run at the app's wish, and no collector can
level: 1
refs: ["SBX-TIME-006"]
grants: none
expect: ok
---*/
let ran = 0;
const registry = new FinalizationRegistry(() => ++ran);
for (let i = 0; i < 1000; ++i) registry.register({}, i);
equal(registry.cleanupSome, undefined, 'cleanupSome');
equal(typeof gc, 'undefined', 'gc');
equal(ran, 0, 'callbacks inside the turn');
