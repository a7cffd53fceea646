/*---
id: WEB-DOM-009
title: a tree far deeper than a message may be is still shown
level: 2
grants: none
expect: ok
---*/
let at = document.body;
for (let i = 0; i < 60; ++i) at = at.appendChild(document.createElement('stack'));
const detached = document.createElement('stack');
at = detached;
for (let i = 0; i < 60; ++i) at = at.appendChild(document.createElement('stack'));
at.append('bottom');
document.body.append(detached);
await new Promise((resolve) => setTimeout(resolve, 1));
