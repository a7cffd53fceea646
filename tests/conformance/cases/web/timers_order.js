/*---
id: WEB-TIMER-001
title: timers run in the order of their time, then of their setting
level: 2
grants: none
expect: ok
---*/
const order = [];
await new Promise((resolve) => {
  setTimeout(() => order.push('20'), 20);
  setTimeout(() => order.push('0a'), 0);
  setTimeout(() => order.push('0b'));
  setTimeout(() => order.push('10'), 10);
  setTimeout(resolve, 30);
});
equal(order.join(), '0a,0b,10,20', 'order');
