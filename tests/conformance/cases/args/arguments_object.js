/*---
id: ARGS-120
title: an arguments object is no list and no plain object
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: ok
---*/
function give() {
  return arguments;
}
await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value: give(1, 2)}));
