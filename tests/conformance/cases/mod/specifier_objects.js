/*---
id: MOD-114
title: a specifier that is an object is asked for its text once
level: 1
refs: ["SBX-MOD", "vm2 ATTACKS 3"]
grants: none
files: { one.js: "export const one = 1;" }
expect: ok
---*/
let asked = 0;
const names = ['./one.js', 'file:///etc/passwd'];
const {one} = await import({toString: () => names[asked++]});
equal(one, 1, 'the module');
equal(asked, 1, 'times asked');
await fails('TypeError', () => import(Symbol('s')));
await fails('RangeError', () => import({
                            toString() {
                              throw new RangeError('mine');
                            }
                          }));
