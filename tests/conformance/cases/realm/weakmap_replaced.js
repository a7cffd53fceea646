/*---
id: REALM-140
title: the bridge keeps its secrets without the app's WeakMap, Map and Set
level: 1
guards: [guest.frozen]
refs: ["CVE-2022-25893", "vm2 ATTACKS 11"]
grants: none
expect: ok
---*/
let used = 0;
const spy = () => ++used;
for (const each of [WeakMap, Map, Set]) {
  await fails('TypeError', () => each.prototype.set = spy);
  await fails('TypeError', () => each.prototype.has = spy);
}
for (const name of ['WeakMap', 'Map', 'Set', 'WeakSet', 'WeakRef']) globalThis[name] = spy;
equal((await kiosk.host.info({})).platform, 'linux', 'a call');
const button = document.createElement('button');
button.addEventListener('click', () => {});
document.body.append(button);
equal(used, 0, 'uses of the spies');
