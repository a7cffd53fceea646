/*---
id: PERM-109
title: one touch serves one of two kinds of acts that follow it
level: 4
guards: [touch.once]
refs: ["SBX-PERM-007"]
grants: all
steps: [ { tap: "Go" } ]
control: naive
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
await tapped('Go');
const outcomes = await Promise.all([
  kiosk.support.open({topic: 'first'}),
  kiosk.support.open({topic: 'second'}),
].map(call => call.then(() => 'ok', error => error.code)));
equal(outcomes.sort().join(), 'activation_required,ok', 'the outcomes');
