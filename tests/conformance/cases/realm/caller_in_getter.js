/*---
id: REALM-111
title: code that the bridge calls learns neither its caller nor its arguments
level: 1
refs: ["SBX-REALM-005", "vm2 ATTACKS 5"]
grants: none
expect: ok
---*/
const learned = [];
const learn = action => {
  try {
    learned.push(action());
  } catch (error) {
    equal(error instanceof TypeError, true, 'a TypeError of this realm');
  }
};
function spy() {
  learn(() => spy.caller);
  learn(() => spy.arguments);
  learn(() => arguments.callee);
  return 1;
}
await fails('unsupported', () => kiosk.call('no.such', {
  get x() {
    return spy();
  }
}));
queueMicrotask(spy);
await new Promise(resolve => setTimeout(resolve, 1));
equal(learned.length, 0, 'what was learned');
