/*---
id: STACK-110
title: JSON.parse of a text that is nested a hundred thousand deep does not overflow
level: 3
refs: ["SBX-STACK-010"]
grants: none
expect: ok
---*/
const text = '['.repeat(1e5) + ']'.repeat(1e5);
let outcome;
try {
  outcome = Array.isArray(JSON.parse(text)) ? 'parsed' : 'other';
} catch (error) {
  outcome = error.name;
}
assert(['parsed', 'RangeError', 'SyntaxError'].includes(outcome), `it is ${outcome}`);
