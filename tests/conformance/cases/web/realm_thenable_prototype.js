/*---
id: SBX-REALM-017
title: Object.prototype takes no then, get, value, toJSON or set
level: 2
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
