/*---
id: PERM-161
title: a touch of more than five seconds ago begins nothing
level: 4
guards: [touch.age]
refs: ["SBX-PERM-007"]
grants: all
steps: [ { tap: "Open" }, { expect: "Three seconds" } ]
expect: { error: activation_required, host: { callsOk: 0 } }
---*/
await tapped('Open');
const seconds = count => new Promise(resolve => setTimeout(resolve, count * 1000));
await seconds(3);
document.body.append('Three seconds');
await seconds(2.5);
await kiosk.support.open({topic: 'x'});
