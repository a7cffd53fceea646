/*---
id: REALM-116
title: Symbol.hasInstance cannot be put on the classes that the bridge looks for
level: 1
guards: [guest.frozen]
refs: ["vm2 ATTACKS 3"]
grants: none
expect: ok
---*/
let asked = 0;
for (const each of [AbortSignal, BridgeError, Promise, Error, Array]) {
  await fails('TypeError', () => Object.defineProperty(each, Symbol.hasInstance, {
    value: () => ++asked,
  }));
}
await fails('invalid_params', () => kiosk.host.info({}, {signal: {aborted: false}}));
equal(asked, 0, 'times asked');
