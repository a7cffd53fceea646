/*---
id: GST-014
title: an app without view, timers and calls ends as closed
level: 1
template: true
grants: none
raw: true
timeout: 10
expect: { ended: closed, logs: "done", withinMs: 8000 }
---*/
console.log('done');
