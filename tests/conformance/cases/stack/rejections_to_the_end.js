/*---
id: STACK-132
title: promises rejected and handled until the stack ends leave no error behind
level: 3
refs: ["SBX-STACK"]
grants: none
budget: { load: 10s, turn: 5s }
expect: ok
---*/
// The stack may end between a rejection and its `catch`: that one is the app's own.
addEventListener('unhandledrejection', event => event.preventDefault());
Error.stackTraceLimit = 0;
const makers = [
  () => Promise.reject(new Error('r')).catch(() => {}),
  () => (async () => { throw new Error('r'); })().catch(() => {}),
  () => new Promise((_, reject) => reject(new Error('r'))).then(() => {}, () => {}),
  () => import('./no-such.js').catch(() => {}),
  () => kiosk.call('no.such', {}).catch(() => {}),
  () => kiosk.call('storage.local.keys', {}).catch(() => {}),
];
for (const make of makers) {
  let depth = 0;
  const descend = () => {
    ++depth;
    make();
    descend();
  };
  const error = await fails('RangeError', descend);
  equal(error.constructor === RangeError, true, `${make}: of this realm`);
  assert(depth > 50, `${make}: it went deep`);
  // The engine's own functions return without an error of somebody else's.
  console.log('one');
  equal(structuredClone(1), 1, 'a clone');
  await new Promise(resolve => setTimeout(resolve, 1));
}
