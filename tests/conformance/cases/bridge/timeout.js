/*---
id: BRG-006
title: a call that nobody answers in the time its app gave settles as timeout
level: 2
template: true
grants: all
steps: [ { tap: "Share" } ]
expect: { error: timeout }
---*/
await tapped('Share');
await kiosk.call('messages.share', {text: 'x'}, {timeoutMs: 100});
