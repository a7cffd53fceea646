/*---
id: WEB-TIMER-006
title: one timer too many is refused with QuotaExceededError and frees its place again
level: 2
budget: { timers: 50 }
grants: none
expect: ok
---*/
const ids = [];
let error;
try {
  for (let i = 0; i < 100; ++i) ids.push(setTimeout(() => {}, 100000));
} catch (thrown) {
  error = thrown;
}
equal(error?.name, 'QuotaExceededError', 'name');
assert(error instanceof DOMException && error.code === 22, 'a DOMException');
equal(ids.length, 50, 'timers that were set');
clearTimeout(ids.pop());
ids.push(setTimeout(() => {}, 100000));
ids.forEach(clearTimeout);
await new Promise((resolve) => setTimeout(resolve, 1));
