/*---
id: MEM-116
title: a view that is nested deeper than allowed ends the session as protocol
level: 3
guards: [view.depth]
grants: none
tier: jit
raw: true
expect: { ended: protocol, withinMs: 10000 }
---*/
let at = document.body;
for (let i = 0; i < 400; ++i) at = at.appendChild(document.createElement('stack'));
at.append('deep');
setTimeout(() => {}, 5000);
