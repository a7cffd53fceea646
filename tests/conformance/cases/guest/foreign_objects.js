/*---
id: GST-016
title: what the bridge hands out belongs to the app's own realm
level: 1
template: true
grants: none
expect: ok
---*/
const call = kiosk.call('no.such.method', {});
equal(Object.getPrototypeOf(call), Promise.prototype, 'the prototype of a call');
const error = await fails('unsupported', () => call);
assert(error instanceof Error, 'the error is an Error of this realm');
await fails('EvalError', () => error.constructor.constructor('return 1')());
await fails('EvalError', () => kiosk.call.constructor('return 1')());
