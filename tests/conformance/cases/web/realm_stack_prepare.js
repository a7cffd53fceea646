/*---
id: SBX-REALM-024
title: Error.prepareStackTrace cannot be installed, and stacks are text
level: 2
grants: none
expect: ok
---*/
await fails('TypeError', () => {
  Error.prepareStackTrace = (error, frames) => frames;
});
const error = await fails('unsupported', () => kiosk.call('no.such', {}));
equal(typeof error.stack, 'string', 'the stack');
Error.stackTraceLimit = 1;
assert(new Error('x').stack.split('\n').length <= 2, 'the limit is obeyed');
