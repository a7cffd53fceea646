/*---
id: MOD-108
title: percent-encoded dots, slashes and names are names like any other
level: 1
refs: ["SBX-MOD"]
grants: none
files: { one.js: "export const one = 1;" }
expect: ok
---*/
for (const name
         of ['./%2e%2e/one.js', './%6fne.js', './..%2fone.js', './one%2ejs', './one.js%00',
             './..%5cone.js', './%252e%252e/one.js']) {
  await fails('TypeError', () => import(name));
}
