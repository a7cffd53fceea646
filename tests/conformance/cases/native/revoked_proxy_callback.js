/*---
id: NATIVE-120
title: a revoked Proxy as callback throws in the app, and the next timer runs
level: 2
refs: ["SBX-NATIVE-008"]
grants: none
expect: { outcome: ok, logs: revoked }
---*/
const {proxy, revoke} = Proxy.revocable(() => {}, {});
let errors = 0;
addEventListener('error', () => ++errors);
setTimeout(proxy, 1);
queueMicrotask(() => {});
revoke();
await new Promise(resolve => setTimeout(resolve, 20));
equal(errors, 1, 'errors that were told');
