/*---
id: ARGS-108
title: functions and classes are refused, and their code is not run
level: 2
refs: ["SBX-ARGS-003"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
let ran = 0;
const run = () => ++ran;
for (const value of [run, [run], {toJSON: run}, {then: run}, class {}, async () => run()]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
equal(ran, 0, 'runs');
