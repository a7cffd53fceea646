/*---
id: NATIVE-131
title: a delay whose valueOf sets and clears timers keeps their order and number
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: ok
---*/
const order = [];
const first = setTimeout(() => order.push('first'), 1);
setTimeout(() => order.push('second'), {
  valueOf() {
    clearTimeout(first);
    setTimeout(() => order.push('inner'), 1);
    return 1;
  },
});
await new Promise(resolve => setTimeout(resolve, 30));
equal(order.sort().join(), 'inner,second', 'what ran');
