/*---
id: WEB-TIMER-008
title: an error in a timer is reported and the next timer runs
level: 2
grants: none
expect: ok
---*/
const seen = [];
onerror = (message, file, line, column, error) => {
  seen.push(error.message);
  return true;
};
setTimeout(() => {
  throw new Error('first');
}, 0);
await new Promise((resolve) => setTimeout(resolve, 1));
equal(seen.join(), 'first', 'reported');
onerror = null;
