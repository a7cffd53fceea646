/*---
id: MOD-118
title: a JSON module that is nested a hundred thousand deep is an error or data, and no crash
level: 1
refs: ["SBX-ARGS-002"]
grants: none
files: { deep.js: "export const text = '['.repeat(1e5) + ']'.repeat(1e5);" }
expect: ok
---*/
import {text} from './deep.js';
let outcome;
try {
  outcome = Array.isArray(JSON.parse(text)) ? 'data' : 'other';
} catch (error) {
  outcome = error.name;
}
assert(['data', 'RangeError'].includes(outcome), `the outcome is ${outcome}`);
equal((await kiosk.host.info({})).platform, 'linux', 'a call');
