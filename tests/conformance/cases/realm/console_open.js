/*---
id: REALM-133
title: an app that rewrites console hides nothing that it says by the other methods
level: 1
grants: none
expect: { outcome: ok, logs: still said }
---*/
let taken = 0;
console.warn = () => ++taken;
console.error('still said');
equal(taken, 0, 'calls of the replaced method');
console.warn('into nowhere');
equal(taken, 1, 'its own call');
