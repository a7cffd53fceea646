/*---
id: TIME-111
title: performance.now never goes back, over turns and calls
level: 3
refs: ["SBX-TIME-001"]
grants: none
expect: ok
---*/
let last = 0;
const look = () => {
  const now = performance.now();
  assert(now >= last, `${now} is after ${last}`);
  last = now;
};
for (let i = 0; i < 10; ++i) {
  look();
  await kiosk.host.info({});
  look();
  await new Promise(resolve => setTimeout(resolve, 1));
}
