/*---
id: WEB-CRYPTO-002
title: Math.random is spread over [0, 1) and never repeats itself
level: 2
grants: none
expect: ok
---*/
const seen = new Set();
let low = 0;
for (let i = 0; i < 10000; ++i) {
  const x = Math.random();
  assert(x >= 0 && x < 1, `${x} in [0, 1)`);
  if (x < 0.5) ++low;
  seen.add(x);
}
assert(seen.size > 9990 && low > 4500 && low < 5500, `${seen.size} different, ${low} low`);
