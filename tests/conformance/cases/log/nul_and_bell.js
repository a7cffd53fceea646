/*---
id: LOG-103
title: NUL, bell, backspace and the C1 controls of a log line are escaped
level: 5
refs: ["SBX-LOG-001"]
control: naive
grants: none
expect: { outcome: ok, logs: ["nul\\u0000end", "bell\\u0007end", "csi\\u009bend"] }
---*/
console.log('nul\u0000end');
console.log('bell\u0007end');
console.log('csi\u009bend');
