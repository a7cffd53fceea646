/*---
id: SBX-REALM-017
promise: Object.prototype takes no then, get, value, toJSON or set
grants: none
expect: ok
---*/
for (const name of [
  'then',
  'get',
  'set',
  'value',
  'toJSON',
  'writable',
  'idempotencyKey',
  'signal',
]) {
  await fails('TypeError', () => {
    Object.prototype[name] = () => {};
  });
}
await fails('unsupported', () => kiosk.call('no.such', {}));
