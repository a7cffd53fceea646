/*---
id: WEB-EVENT-008
promise: an unhandled rejection is an event that can be taken
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
