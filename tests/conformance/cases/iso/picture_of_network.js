/*---
id: ISO-109
title: a picture of the network is not fetched, and the developer is told
level: 4
guards: [view.source]
refs: ["SBX-ISO-006", "SBX-NET-010"]
grants: none
expect: { outcome: ok, logs: '"https://example.org/x.png" is dropped', host: { calls: [] } }
---*/
const image = document.createElement('image');
image.setAttribute('label', 'A picture');
image.setAttribute('src', 'https://example.org/x.png');
document.body.append(image);
await new Promise(resolve => setTimeout(resolve, 50));
