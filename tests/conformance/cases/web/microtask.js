/*---
id: WEB-MICRO-001
title: queueMicrotask runs before timers, reports errors and takes functions only
level: 2
grants: none
expect: ok
---*/
const order = [];
onerror = () => {
  order.push('error');
  return true;
};
setTimeout(() => order.push('timer'), 0);
queueMicrotask(() => {
  throw new Error('in a microtask');
});
queueMicrotask(() => order.push('microtask'));
order.push('now');
await new Promise((resolve) => setTimeout(resolve, 5));
equal(order.join(), 'now,error,microtask,timer', 'order');
await fails('TypeError', () => queueMicrotask('1'));
onerror = null;
