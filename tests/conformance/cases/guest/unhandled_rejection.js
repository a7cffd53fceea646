/*---
id: GST-012
promise: a rejection that nobody handles while loading ends the session as error
grants: none
raw: true
expect: { ended: error, detail: "nobody caught this" }
---*/
Promise.reject(new Error('nobody caught this'));
await null;
