/*---
id: MOD-116
title: a JSON module with the key __proto__ pollutes nothing
level: 1
refs: ["SBX-ARGS-005"]
grants: none
files: { data.json: '{"__proto__": {"admin": true}, "a": 1}' }
expect: ok
---*/
import data from './data.json';
equal(data.a, 1, 'its data');
equal(data.admin, undefined, 'admin');
equal({}.admin, undefined, 'another object');
