/*---
id: MSG-002
promise: a link that is not https is refused
grants: none
expect: { error: invalid_params, host: { callsOk: 0 } }
---*/
await kiosk.messages.share({link: 'javascript:alert(1)'});
