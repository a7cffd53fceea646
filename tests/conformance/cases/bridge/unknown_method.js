/*---
id: BRG-001
title: a method that does not exist is refused at once with unsupported
level: 2
template: true
grants: all
expect: { error: unsupported, withinMs: 8000 }
---*/
await kiosk.call('no.such.method', {});
