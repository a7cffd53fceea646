/*---
id: WEB-EVENT-021
title: the time that a listener takes to add or to take away does not grow with their number
level: 2
grants: none
budget: { load: 5s }
expect: ok
---*/
const kCount = 100_000;
const target = new EventTarget();
const listeners = Array.from({ length: kCount }, (_, i) => () => {
  inOrder &&= i === ran;
  ran += 1;
});
let ran = 0;
let inOrder = true;
for (const listener of listeners) target.addEventListener('x', listener);
for (const listener of listeners) target.addEventListener('x', listener);
target.dispatchEvent(new Event('x'));
equal(`${ran} ${inOrder}`, `${kCount} true`, 'what ran');
for (let i = 0; i < kCount; i += 2) target.removeEventListener('x', listeners[i]);
ran = 0;
target.dispatchEvent(new Event('x'));
equal(ran, kCount / 2, 'listeners that stayed');
for (const listener of listeners) target.removeEventListener('x', listener);
ran = 0;
target.dispatchEvent(new Event('x'));
equal(ran, 0, 'listeners at the end');
