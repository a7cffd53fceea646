/*---
id: MOD-115
title: a file that is no code does not become code by importing it
level: 1
grants: none
expect: ok
---*/
for (const name of ['./icon.svg', './manifest.json']) {
  let namespace;
  try {
    namespace = await import(name);
  } catch (error) {
    const known = ['SyntaxError', 'TypeError'].includes(error.name);
    assert(known, `${name}: ${error.name}`);
    continue;
  }
  equal(Object.keys(namespace).join(), 'default', `${name} is data`);
}
