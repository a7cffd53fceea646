/*---
id: MOD-133
title: a module that names itself otherwise by sourceURL reaches no other files
level: 1
refs: ["SBX-MOD"]
grants: none
files: { lib/liar.js: "export const load = name => import(name);\n//#
    sourceURL=app://org.example.other/x.js", lib/near.js: "export const near = 1;" }
expect: ok
---*/
const {load} = await import('./lib/liar.js');
equal((await load('./near.js')).near, 1, 'its neighbour by its true place');
await fails('TypeError', () => load('app://org.example.other/x.js'));
