/*---
id: SBX-REALM-012
title: rewriting Promise.prototype.then is refused and calls still settle
level: 2
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
