/*---
id: BRG-005
title: a call that its app gives up settles as cancelled, once
level: 2
template: true
grants: all
steps: [ { tap: "Share" } ]
expect: { error: cancelled }
---*/
await tapped('Share');
const controller = new AbortController();
setTimeout(() => controller.abort(), 50);
await kiosk.call('messages.share', {text: 'x'}, {signal: controller.signal});
