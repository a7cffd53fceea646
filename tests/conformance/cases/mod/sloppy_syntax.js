/*---
id: MOD-122
title: with, octal numbers, HTML comments and V8's own calls do not parse
level: 1
refs: ["vm2 ATTACKS 12"]
grants: none
files: { with.js: "with ({}) {}", octal.js: "export const a = 010;", html.js: "<!-- a
    comment", native.js: "%DebugPrint(1);", callee.js: "arguments.callee; eval = 1;",
    unclosed.js: "export const a = `" }
expect: ok
---*/
for (const name of ['with', 'octal', 'html', 'native', 'callee', 'unclosed']) {
  await fails('SyntaxError', () => import(`./${name}.js`));
}
