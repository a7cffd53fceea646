/*---
id: WEB-EVENT-001
title: listeners are called once each, in order, with this and handleEvent
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
const order = [];
const f = function () {
  order.push(this === target ? 'f' : 'wrong this');
};
const object = {
  handleEvent(event) {
    order.push(this === object ? event.type : 'wrong this');
  },
};
target.addEventListener('x', f);
target.addEventListener('x', f);
target.addEventListener('x', object);
target.addEventListener('x', null);
target.dispatchEvent(new Event('x'));
target.removeEventListener('x', f);
target.dispatchEvent(new Event('x'));
equal(order.join(), 'f,x,x', 'order');
await fails('TypeError', () => target.addEventListener('x', 5));
await fails('TypeError', () => target.dispatchEvent({ type: 'x' }));
