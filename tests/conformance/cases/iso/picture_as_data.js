/*---
id: ISO-112
title: a picture in a data address is not shown, and the developer is told
level: 4
guards: [view.source]
refs: ["SBX-ISO-006"]
grants: none
expect: { outcome: ok, logs: '"data:image/png;base64,AA" is dropped', host: { calls: [] } }
---*/
const image = document.createElement('image');
image.setAttribute('label', 'A picture');
image.setAttribute('src', 'data:image/png;base64,AA');
document.body.append(image);
await new Promise(resolve => setTimeout(resolve, 50));
