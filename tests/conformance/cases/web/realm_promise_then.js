/*---
id: SBX-REALM-012
promise: rewriting Promise.prototype.then is refused and calls still settle
grants: none
expect: ok
---*/
await fails('TypeError', () => {
  Promise.prototype.then = () => {
    throw new Error('seen');
  };
});
await fails('TypeError', () => Object.defineProperty(Promise.prototype, 'then', { value: 1 }));
await fails('unsupported', () => kiosk.call('no.such', {}));
