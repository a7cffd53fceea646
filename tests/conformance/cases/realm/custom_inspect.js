/*---
id: REALM-115
title: no symbol of a platform's inspector is asked by console or the bridge
level: 1
refs: ["SBX-REALM-009", "CVE-2023-37903", "vm2 ATTACKS 9"]
control: naive
grants: none
expect: ok
---*/
let asked = 0;
const names = ['nodejs.util.inspect.custom', 'Deno.customInspect', 'Deno.privateCustomInspect'];
const value = {};
for (const name of names) value[Symbol.for(name)] = () => ++asked;
console.log(value, [value], '%o', value);
console.error(value);
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
equal(asked, 0, 'times asked');
