/*---
id: GST-012
title: a rejection that nobody handles while loading ends the session as error
level: 1
template: true
grants: none
raw: true
expect: { ended: error, detail: "nobody caught this" }
---*/
Promise.reject(new Error('nobody caught this'));
await null;
