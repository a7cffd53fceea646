/*---
id: LIM-006
title: more timers than allowed throw in the app, and the others still fire
level: 3
template: true
grants: none
budget: { timers: 10 }
expect: ok
---*/
let fired = 0;
await new Promise((resolve, reject) => {
  for (let i = 0; i < 10; ++i) setTimeout(() => ++fired === 10 && resolve(), 1);
  fails('QuotaExceededError', () => setTimeout(() => {}, 1)).catch(reject);
});
equal(fired, 10, 'timers that fired');
