/*---
id: WEB-KIOSK-006
title: BridgeError is an Error of this realm with facts that cannot be changed
level: 2
grants: none
expect: ok
---*/
const error = await fails('unsupported', () => kiosk.call('no.such', {}));
assert(error instanceof kiosk.BridgeError && error instanceof Error, 'class');
equal(
  `${error.name} ${error.code} ${error.errno} ${error.retryable}`,
  'BridgeError unsupported 101 false',
  'facts',
);
await fails('TypeError', () => {
  error.code = 'other';
});
assert(/BridgeError/.test(String(error)) && error.stack.includes('BridgeError'), 'text');
