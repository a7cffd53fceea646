/*---
id: REALM-108
title: prepareStackTrace on Object.prototype or a rejected error is never asked
level: 1
guards: [guest.frozen]
refs: ["CVE-2023-29017", "vm2 ATTACKS 19"]
grants: none
expect: ok
---*/
let asked = 0;
await fails('TypeError', () => Object.prototype.prepareStackTrace = () => ++asked);
await fails('TypeError', () => Function.prototype.prepareStackTrace = () => ++asked);
const error = await fails('unsupported', () => kiosk.call('no.such.method', {}));
equal(typeof error.stack, 'string', 'the stack');
equal(asked, 0, 'times asked');
