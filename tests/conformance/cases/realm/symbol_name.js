/*---
id: REALM-109
title: an error whose name is a symbol yields a TypeError of the app, also in async code
level: 1
refs: ["SBX-REALM-007", "vm2 ATTACKS 4"]
grants: none
expect: ok
---*/
const broken = () => {
  const error = new Error('x');
  error.name = Symbol('name');
  return error;
};
const first = await fails('TypeError', () => String(broken()));
equal(first instanceof TypeError, true, 'of this realm');
const second = await fails('TypeError', async () => `${await broken()}`);
equal(second.constructor === TypeError, true, 'of this realm in async code');
const third = await fails('TypeError', () => new Promise(resolve => resolve(`${broken()}`)));
await fails('EvalError', () => third.constructor.constructor('return process')());
