/*---
id: WEB-EVENT-002
title: once, signal and passive do what they say
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
const controller = new AbortController();
let once = 0;
let signalled = 0;
target.addEventListener('x', () => ++once, { once: true });
target.addEventListener('x', () => ++signalled, { signal: controller.signal });
target.addEventListener('x', (event) => event.preventDefault(), { passive: true });
equal(target.dispatchEvent(new Event('x', { cancelable: true })), true, 'passive prevents nothing');
controller.abort();
target.dispatchEvent(new Event('x'));
target.addEventListener('x', () => ++signalled, { signal: controller.signal });
target.dispatchEvent(new Event('x'));
equal(`${once} ${signalled}`, '1 1', 'calls');
await fails('TypeError', () => target.addEventListener('x', () => {}, { signal: {} }));
