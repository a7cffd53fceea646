/*---
id: CPU-133
title: timers that set two more each reach the limit and not beyond
level: 3
refs: ["SBX-CPU-021"]
grants: none
budget: { timers: 100 }
expect: ok
---*/
let refused = 0;
let ran = 0;
const split = () => {
  ++ran;
  for (let i = 0; i < 2; ++i) {
    try {
      if (ran < 500) setTimeout(split, 0);
    } catch (error) {
      equal(error.name, 'QuotaExceededError', 'the refusal');
      ++refused;
    }
  }
};
split();
await new Promise(resolve => setTimeout(resolve, 200));
assert(refused > 0, 'some were refused');
assert(ran >= 100, `the others ran: ${ran}`);
