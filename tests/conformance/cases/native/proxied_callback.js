/*---
id: NATIVE-121
title: the apply trap of a callback sees no receiver and no argument of the host
level: 2
refs: ["SBX-NATIVE-008", "vm2 ATTACKS 6"]
control: naive
grants: none
expect: ok
---*/
const seen = [];
const spy = new Proxy(() => {}, {
  apply(target, self, args) {
    seen.push(self, ...args);
  },
});
setTimeout(spy, 1, 'mine');
queueMicrotask(spy);
await new Promise(resolve => setTimeout(resolve, 20));
for (const each of seen) {
  assert([undefined, globalThis, 'mine'].includes(each), `${String(each)} is the app's own`);
}
