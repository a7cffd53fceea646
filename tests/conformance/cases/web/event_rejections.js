/*---
id: WEB-EVENT-008
title: an unhandled rejection is an event that can be taken
level: 2
grants: none
expect: ok
---*/
const seen = [];
onunhandledrejection = (event) => {
  seen.push(event.reason.message);
  event.preventDefault();
};
Promise.reject(new Error('nobody'));
const late = Promise.reject(new Error('handled'));
late.catch(() => {});
await new Promise((resolve) => setTimeout(resolve, 5));
equal(seen.join(), 'nobody', 'seen');
