/*---
id: MOD-110
title: a query or fragment makes no second instance of a module
level: 1
refs: ["SBX-MOD"]
grants: none
files: { one.js: "export const one = 1;" }
expect: ok
---*/
for (const name of ['./one.js?x', './one.js#x', './one.js?', '?x', '#x']) {
  await fails('TypeError', () => import(name));
}
