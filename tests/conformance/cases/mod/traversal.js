/*---
id: MOD-107
title: a path that leaves the package is refused, also when it comes back
level: 1
guards: [guest.specifier]
refs: ["SBX-MOD", "CWE-22"]
grants: none
files: { lib/two.js: "export const path = name => import(name);" }
expect: ok
---*/
const {path} = await import('./lib/two.js');
for (const name of ['../../app.js', '../../../etc/passwd', '../..', '../../harness.js']) {
  await fails('TypeError', () => path(name));
}
for (const name
         of ['../harness.js', './../harness.js', './lib/../../harness.js', '/../harness.js']) {
  await fails('TypeError', () => import(name));
}
assert(await path('../harness.js'), 'inside the package a step up is fine');
