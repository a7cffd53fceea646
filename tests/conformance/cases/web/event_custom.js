/*---
id: WEB-EVENT-007
title: CustomEvent carries its detail, and cancelling is told
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
let detail;
target.addEventListener('x', (event) => {
  detail = event.detail;
  event.preventDefault();
});
const event = new CustomEvent('x', { detail: { a: 1 }, cancelable: true });
equal(target.dispatchEvent(event), false, 'result');
equal(detail, { a: 1 }, 'detail');
equal(event.defaultPrevented, true, 'defaultPrevented');
await fails('TypeError', () => new CustomEvent());
