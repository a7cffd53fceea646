/*---
id: GST-014
promise: an app without view, timers and calls ends as closed
grants: none
raw: true
timeout: 10
expect: { ended: closed, logs: "done", withinMs: 8000 }
---*/
console.log('done');
