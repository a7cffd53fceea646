/*---
id: REALM-121
title: eval is refused when it is spelled by escapes, aliases or a tagged template
level: 1
guards: [guest.strings]
refs: ["vm2 ATTACKS 12"]
control: naive
grants: none
expect: ok
---*/
const alias = globalThis['ev' + 'al'];
for (const run
         of [() => \u0065val('1 + 1'),
            () => alias('1 + 1'),
            () => (0, eval)('1 + 1'),
            () => Reflect.apply(eval, globalThis, ['1 + 1']),
            () => ['1 + 1'].map(eval),
]) {
  await fails('EvalError', run);
}
equal(eval(17), 17, 'what is no text comes back');
