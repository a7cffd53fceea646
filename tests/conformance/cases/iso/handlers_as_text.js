/*---
id: ISO-108
title: an attribute that would be a handler in HTML is text and runs nothing
level: 4
refs: ["SBX-ISO-005", "CWE-79"]
grants: none
steps: [ { tap: "Go" } ]
expect: ok
---*/
const button = document.createElement('button');
button.textContent = 'Go';
button.setAttribute('onclick', 'globalThis.ran = true');
button.setAttribute('onfocus', 'globalThis.ran = true');
document.body.append(button);
await new Promise(resolve => button.addEventListener('click', resolve));
equal(globalThis.ran, undefined, 'what ran');
