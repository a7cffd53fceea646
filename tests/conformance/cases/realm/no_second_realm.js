/*---
id: REALM-122
title: "nothing makes a second realm: no ShadowRealm, no worker, no window of a frame"
level: 1
refs: ["tc39/proposal-shadowrealm#170", "vm2 ATTACKS 21"]
grants: none
expect: ok
---*/
for (const name of ['ShadowRealm', 'Worker', 'SharedWorker', 'Worklet', 'Realm', 'Compartment']) {
  equal(typeof globalThis[name], 'undefined', name);
}
const frame = document.createElement('iframe');
document.body.append(frame);
equal(frame.contentWindow ?? undefined, undefined, 'contentWindow');
equal(frame.contentDocument ?? undefined, undefined, 'contentDocument');
