/*---
id: ISO-102
title: no channel of the web leads to another app or window
level: 4
refs: ["SBX-ISO-001", "CVE-2024-33905"]
grants: none
expect: ok
---*/
for (const name
         of ['BroadcastChannel', 'MessageChannel', 'postMessage', 'opener', 'parent', 'top',
             'frames', 'open', 'SharedWorker', 'name']) {
  equal(typeof globalThis[name], 'undefined', name);
}
