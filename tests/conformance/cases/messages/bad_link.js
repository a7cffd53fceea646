/*---
id: MSG-002
title: a link that is not https is refused
level: 4
guards: [gate.schema]
grants: none
control: naive
expect: { error: invalid_params, host: { callsOk: 0 } }
---*/
await kiosk.messages.share({link: 'javascript:alert(1)'});
