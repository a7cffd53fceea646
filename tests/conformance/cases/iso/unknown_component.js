/*---
id: ISO-161
title: an element that is no component of the host's is hidden, and the developer is told
level: 4
guards: [view.components]
refs: ["SBX-ISO-005"]
grants: none
expect: { outcome: ok, logs: "<iframe> is not a component that the host shows" }
---*/
document.body.append(document.createElement('iframe'));
await new Promise(resolve => setTimeout(resolve, 50));
