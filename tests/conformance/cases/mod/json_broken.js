/*---
id: MOD-117
title: a JSON module that is no JSON is a SyntaxError, twice the same
level: 1
grants: none
files: { bad.json: "{a: 1}", code.json: "export default 1;", twice.json: '{"a": 1} {"b": 2}' }
expect: ok
---*/
for (const name of ['./bad.json', './code.json', './twice.json', './bad.json']) {
  await fails('SyntaxError', () => import(name));
}
