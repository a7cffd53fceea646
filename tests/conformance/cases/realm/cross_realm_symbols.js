/*---
id: REALM-141
title: the registry of symbols is empty of keys that a platform would obey
level: 1
refs: ["vm2 ATTACKS 8"]
grants: none
expect: ok
---*/
// Node.js and others mark objects by registered symbols, which every realm can make.
const marked = [];
for (const object of [globalThis, kiosk, document, console, Promise.prototype, Error.prototype]) {
  for (const symbol of Object.getOwnPropertySymbols(object)) {
    if (Symbol.keyFor(symbol) !== undefined) marked.push(String(symbol));
  }
}
equal(marked.join(), '', 'registered symbols');
