/*---
id: REALM-120
title: Reflect.construct and subclasses of Function compile no code
level: 1
guards: [guest.strings]
refs: ["SBX-REALM-001", "tc39/proposal-shadowrealm#170"]
grants: none
expect: ok
---*/
class Compiled extends Function {}
const AsyncFunction = (async () => {}).constructor;
const GeneratorFunction = (function*() {}).constructor;
for (const compile
         of [() => Reflect.construct(Function, ['return 1'], Object),
            () => new Compiled('return 1'),
            () => Function.bind(null, 'return 1')(),
            () => Reflect.apply(Function, undefined, ['a', 'return a']),
            () => AsyncFunction('return 1'),
            () => Reflect.construct(GeneratorFunction, ['yield 1'], Array),
]) {
  await fails('EvalError', compile);
}
