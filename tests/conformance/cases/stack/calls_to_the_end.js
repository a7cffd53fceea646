/*---
id: STACK-131
title: calls made until the stack ends throw a RangeError that the app can catch while it loads
level: 3
refs: ["SBX-STACK"]
grants: none
budget: { load: 5s }
raw: true
expect: { ended: closed, logs: ["caught RangeError", "afterwards unsupported"] }
---*/
Error.stackTraceLimit = 0;
const descend = () => {
  kiosk.call('no.such', {}).catch(() => {});
  descend();
};
let caught = 'nothing';
try {
  descend();
} catch (error) {
  caught = error.constructor === RangeError ? 'RangeError' : String(error);
}
console.log(`caught ${caught}`);
// As many calls as may be in flight still are.
let after = 'busy';
while (after === 'busy') {
  await new Promise(resolve => setTimeout(resolve, 5));
  after = await kiosk.call('no.such', {}).catch(error => error.code);
}
console.log(`afterwards ${after}`);
