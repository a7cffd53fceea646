/*---
id: LIM-007
title: a view with more nodes than allowed ends the session as protocol
level: 3
template: true
guards: [view.nodes]
grants: none
raw: true
budget: { nodes: 100 }
timeout: 15
expect: { ended: protocol }
---*/
for (let i = 0; i < 200; ++i) document.body.append(document.createElement('p'));
setInterval(() => {}, 1000);
