/*---
id: MOD-109
title: a backslash is no separator
level: 1
refs: ["SBX-MOD"]
grants: none
files: { lib/two.js: "export const two = 2;" }
expect: ok
---*/
for (const name
         of ['.\\lib\\two.js', './lib\\two.js', '\\lib\\two.js', './lib\\..\\lib/two.js',
             'C:\\Windows\\x.js', '\\\\server\\share\\x.js']) {
  await fails('TypeError', () => import(name));
}
