/*---
id: MOD-113
title: a specifier of a million characters is refused, and the message does not repeat it
level: 1
grants: none
files: { one.js: "export const one = 1;" }
expect: ok
---*/
const error = await fails('TypeError', () => import(`./${'./'.repeat(500000)}one.js`));
assert(error.message.length < 1000, `the message has ${error.message.length} characters`);
