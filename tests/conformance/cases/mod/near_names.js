/*---
id: MOD-111
title: names that differ by a dot, a space, case or an invisible character are other names
level: 1
refs: ["SBX-MOD", "SBX-PKG-005"]
grants: none
files: { one.js: "export const one = 1;" }
expect: ok
---*/
for (const name
         of ['./One.js', './one.JS', './one.js ', './one.js.', ' ./one.js', './one\u200b.js',
             './one.js\u0000', './\u043ene.js', './one.js\n', './one', './one.mjs']) {
  await fails('TypeError', () => import(name));
}
