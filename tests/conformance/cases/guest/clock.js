/*---
id: GST-010
title: performance.now is coarse and never goes back
level: 1
template: true
grants: none
expect: ok
---*/
const seen = new Set();
let last = performance.now();
for (let i = 0; i < 20000; ++i) {
  const now = performance.now();
  assert(now >= last, 'the clock does not go back');
  last = now;
  seen.add(now);
}
assert(seen.size < 2000, `${seen.size} distinct times in a short loop are too many`);
