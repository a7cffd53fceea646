/*---
id: WEB-EVENT-005
title: a listener that throws is reported, and the others still run
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
const reported = [];
addEventListener('error', (event) => {
  reported.push(event.error.message);
  event.preventDefault();
});
let ran = false;
target.addEventListener('x', () => {
  throw new Error('boom');
});
target.addEventListener('x', () => {
  ran = true;
});
equal(target.dispatchEvent(new Event('x')), true, 'result');
equal(`${reported} ${ran}`, 'boom true', 'reported and ran');
