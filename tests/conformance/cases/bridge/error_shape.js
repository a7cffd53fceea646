/*---
id: BRG-002
title: an error of the bridge carries code, errno, retryable and the method
level: 2
template: true
grants: all
expect: ok
---*/
const error = await fails('unsupported', () => kiosk.call('no.such.method', {}));
equal(error.name, 'BridgeError', 'name');
equal(error.errno, 101, 'errno');
equal(error.retryable, false, 'retryable');
equal(error.method, 'no.such.method', 'method');
