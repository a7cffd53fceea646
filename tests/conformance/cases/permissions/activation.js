/*---
id: PRM-003
promise: a method with an effect on the user needs a touch first
grants: all
expect: { error: activation_required, host: { consentsAsked: 0, callsOk: 0 } }
---*/
await kiosk.messages.share({text: 'unasked'});
