/*---
id: GST-001
title: code cannot be made from strings
level: 1
template: true
guards: [guest.strings]
grants: none
expect: ok
---*/
await fails('EvalError', () => eval('1 + 1'));
for (const make
         of [Function, (async () => {}).constructor, (function*() {}).constructor,
             (async function*() {}).constructor]) {
  await fails('EvalError', () => make('return 1'));
}
const reached = [].constructor.constructor;
await fails('EvalError', () => reached('return globalThis')());
