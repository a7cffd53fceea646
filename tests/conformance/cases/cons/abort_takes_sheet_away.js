/*---
id: CONS-114
title: a call that its app aborts while the sheet is open is not carried out
level: 4
refs: ["SBX-CONS-005"]
grants: ask
steps: [ { expect: "asked" } ]
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
const controller = new AbortController();
const call = kiosk.identity.userinfo({}, {signal: controller.signal});
setTimeout(() => controller.abort(), 100);
await fails('cancelled', () => call);
document.body.append('asked');
