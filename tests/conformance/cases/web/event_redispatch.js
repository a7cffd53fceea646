/*---
id: WEB-EVENT-006
title: an event that is being dispatched cannot be dispatched again
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
let name = '';
target.addEventListener('x', (event) => {
  try {
    target.dispatchEvent(event);
  } catch (error) {
    name = error.name;
  }
});
const event = new Event('x');
target.dispatchEvent(event);
equal(name, 'InvalidStateError', 'name');
equal(target.dispatchEvent(event), true, 'again, after it');
equal(event.currentTarget, null, 'currentTarget afterwards');
