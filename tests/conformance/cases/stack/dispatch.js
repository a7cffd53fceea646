/*---
id: STACK-115
title: a listener that dispatches new events for ever ends in a RangeError and not in the host
level: 3
refs: ["SBX-STACK-015"]
grants: none
expect: ok
---*/
let depth = 0;
let overflow;
const target = new EventTarget();
target.addEventListener('mine', () => {
  ++depth;
  try {
    target.dispatchEvent(new Event('mine'));
  } catch (error) {
    overflow ??= error;
    throw error;
  }
});
addEventListener('error', event => event.preventDefault());
target.dispatchEvent(new Event('mine'));
assert(depth > 10, `it went deep: ${depth}`);
equal((await kiosk.host.info({})).platform, 'linux', 'a call afterwards');
