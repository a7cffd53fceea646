/*---
id: WEB-TIMER-002
title: microtasks of one timer run before the next timer
level: 2
grants: none
expect: ok
---*/
const order = [];
await new Promise((resolve) => {
  setTimeout(() => {
    order.push('a');
    queueMicrotask(() => order.push('microtask of a'));
    Promise.resolve().then(() => order.push('promise of a'));
  }, 0);
  setTimeout(() => {
    order.push('b');
    resolve();
  }, 0);
});
equal(order.join(), 'a,microtask of a,promise of a,b', 'order');
