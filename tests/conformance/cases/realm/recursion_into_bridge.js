/*---
id: REALM-114
title: an overflow of the stack inside the bridge's own code is a RangeError of the app's realm
level: 1
refs: ["CVE-2019-10761", "SBX-STACK"]
grants: none
expect: ok
---*/
let depth = 0;
const descend = () => {
  ++depth;
  kiosk.supports('host.info');
  descend();
};
const overflow = await fails('RangeError', descend);
assert(depth > 100, 'it went deep');
equal(overflow.constructor === RangeError, true, 'the overflow is of this realm');
equal(kiosk.supports('host.info'), true, 'the bridge afterwards');
