/*---
id: WEB-TIMER-009
title: callbacks of one frame run together, in order, with the time of the app's clock
level: 2
grants: none
expect: ok
---*/
const seen = [];
const note = (name) => (time) => seen.push([name, time]);
requestAnimationFrame(note('a'));
cancelAnimationFrame(requestAnimationFrame(note('never')));
requestAnimationFrame(note('b'));
await new Promise((resolve) => setTimeout(resolve, 60));
equal(seen.map(([name]) => name).join(), 'a,b', 'order');
assert(seen[1][1] - seen[0][1] < 16, 'together');
assert(seen[0][1] <= performance.now(), 'the clock');
for (let i = 0; i < 12; ++i) {  // wherever in a frame they are asked for
  const order = [];
  requestAnimationFrame(() => order.push(1));
  for (let k = 0; k < 5000 * i; ++k) seen.length;  // some tenths of a millisecond
  requestAnimationFrame(() => order.push(2));
  await new Promise((resolve) => setTimeout(resolve, 40));
  equal(order.join(), '1,2', 'order');
}
await fails('TypeError', () => requestAnimationFrame('code'));
equal(getComputedStyle(document.body).transitionDuration, undefined, 'nothing is computed');
await fails('TypeError', () => getComputedStyle({}));
