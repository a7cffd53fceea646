/*---
id: WEB-EVENT-009
title: a rejection that is handled after it was reported is told by rejectionhandled
level: 2
grants: none
expect: ok
---*/
const seen = [];
addEventListener('unhandledrejection', (event) => {
  seen.push('unhandled');
  event.preventDefault();
});
addEventListener('rejectionhandled', (event) => {
  seen.push(event.promise === late ? 'handled' : 'other');
});
const late = Promise.reject(new Error('late'));
await new Promise((resolve) => setTimeout(resolve, 5));
late.catch(() => seen.push('caught'));
await new Promise((resolve) => setTimeout(resolve, 5));
equal(seen.sort().join(), 'caught,handled,unhandled', 'seen');
