/*---
id: STACK-118
title: a module of a hundred thousand brackets is an error of its import
level: 3
refs: ["SBX-STACK"]
grants: none
files: { deep.js: "export const parse = n => JSON.parse('['.repeat(n) + ']'.repeat(n));" }
expect: ok
---*/
import {parse} from './deep.js';
const deep = parse(1000);
equal(JSON.stringify(deep).length, 2000, 'a thousand levels are fine');
