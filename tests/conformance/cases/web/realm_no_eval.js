/*---
id: SBX-REALM-021
title: code from strings is refused in every spelling
level: 2
grants: none
expect: ok
---*/
const of = Object.getPrototypeOf;
await fails('EvalError', () => (0, eval)('1'));
await fails('EvalError', () => new Function('return 1'));
await fails('EvalError', () => of(async () => {}).constructor('return 1'));
await fails('EvalError', () => of(function* () {}).constructor('return 1'));
await fails('EvalError', () => [].constructor.constructor('return globalThis')());
await fails('TypeError', () => setTimeout('globalThis.ran = true', 0));
