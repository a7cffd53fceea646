/*---
id: LOG-110
title: a rejection with a symbol that nobody handles ends the session as error
level: 5
refs: ["vm2 ATTACKS 22"]
grants: none
raw: true
expect: { ended: error }
---*/
Promise.reject(Symbol('mine'));
await new Promise(resolve => setTimeout(resolve, 100));
