/*---
id: BRG-001
promise: a method that does not exist is refused at once with unsupported
grants: all
expect: { error: unsupported, withinMs: 8000 }
---*/
await kiosk.call('no.such.method', {});
