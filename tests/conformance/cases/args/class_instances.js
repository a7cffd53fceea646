/*---
id: ARGS-115
title: instances of the app's classes and objects with a prototype of their own are refused
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: ok
---*/
class Point {
  x = 1;
}
const inherited = Object.create({key: 'k'});
for (const value of [new Point(), Object.create({a: 1}), {__proto__: {a: 1}}]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
await fails('invalid_params', () => kiosk.storage.local.get(inherited));
await kiosk.storage.local.set({key: 'k', value: Object.assign(Object.create(null), {a: 1})});
