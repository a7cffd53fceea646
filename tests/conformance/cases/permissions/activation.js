/*---
id: PRM-003
title: a method with an effect on the user needs a touch first
level: 4
guards: [gate.activation]
grants: all
control: naive
expect: { error: activation_required, host: { consentsAsked: 0, callsOk: 0 } }
---*/
await kiosk.messages.share({text: 'unasked'});
