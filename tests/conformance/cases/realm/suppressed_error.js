/*---
id: REALM-138
title: errors of the bridge that a DisposableStack suppresses stay what they are
level: 1
refs: ["vm2 ATTACKS 16"]
grants: none
expect: ok
---*/
const first = await fails('unsupported', () => kiosk.call('no.first', {}));
const second = await fails('unsupported', () => kiosk.call('no.second', {}));
const stack = new DisposableStack();
stack.defer(() => {
  throw first;
});
stack.defer(() => {
  throw second;
});
const both = await fails('SuppressedError', () => stack.dispose());
equal(both.error === first && both.suppressed === second, true, 'the two errors');
equal(both.constructor === SuppressedError, true, 'the class');
