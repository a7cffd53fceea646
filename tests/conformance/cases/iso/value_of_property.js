/*---
id: ISO-162
title: a value that its property does not take is dropped, and the developer is told
level: 4
guards: [view.values]
grants: none
expect: { outcome: ok, logs: '"javascript:alert(1)" is dropped' }
---*/
const input = document.createElement('input');
input.setAttribute('label', 'A field');
input.setAttribute('type', 'javascript:alert(1)');
document.body.append(input);
await new Promise(resolve => setTimeout(resolve, 50));
