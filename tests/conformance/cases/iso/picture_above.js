/*---
id: ISO-113
title: a picture whose path leaves the package is not shown, and the developer is told
level: 4
guards: [view.source]
refs: ["SBX-ISO-006", "CWE-22"]
grants: none
expect: { outcome: ok, logs: '"../../etc/x.png" is dropped', host: { calls: [] } }
---*/
const image = document.createElement('image');
image.setAttribute('label', 'A picture');
image.setAttribute('src', '../../etc/x.png');
document.body.append(image);
await new Promise(resolve => setTimeout(resolve, 50));
