/*---
id: LIM-007
promise: a view with more nodes than allowed ends the session as protocol
grants: none
raw: true
limits: { nodes: 100 }
timeout: 15
expect: { ended: protocol }
---*/
for (let i = 0; i < 200; ++i) document.body.append(document.createElement('p'));
setInterval(() => {}, 1000);
