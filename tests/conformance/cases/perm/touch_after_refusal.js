/*---
id: PERM-108
title: a call that the schema refuses takes no touch from the next
level: 4
refs: ["SBX-PERM-007"]
grants: all
steps: [ { tap: "Share" }, { pick: "Family" } ]
control: naive
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
await tapped('Share');
await fails('invalid_params', () => kiosk.messages.share({text: ''}));
const {status} = await kiosk.messages.share({text: 'once'});
equal(status, 'shared', 'the second');
