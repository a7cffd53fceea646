/*---
id: PRM-004
title: one touch begins one act
level: 4
guards: [touch.once]
grants: all
steps: [ { tap: "Share" }, { pick: "Family" } ]
control: naive
expect: { error: activation_required, host: { callsOk: 1 } }
---*/
await tapped('Share');
const {status} = await kiosk.messages.share({text: 'once'});
equal(status, 'shared', 'the first');
await kiosk.messages.share({text: 'twice'});
