/*---
id: REALM-139
title: Array.fromAsync over calls gives values and errors of the app's realm
level: 1
refs: ["vm2 ATTACKS 19"]
grants: none
expect: ok
---*/
const infos = await Array.fromAsync([kiosk.host.info({}), kiosk.ui.viewport({})]);
for (const each of infos) {
  equal(Object.getPrototypeOf(each) === Object.prototype, true, 'a value');
}
const error = await fails('unsupported', () => Array.fromAsync([kiosk.call('no.such', {})]));
equal(error instanceof BridgeError, true, 'the error');
