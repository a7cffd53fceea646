/*---
id: ISO-107
title: a script, style, link or object element in the tree runs and fetches nothing
level: 4
refs: ["SBX-ISO-005"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const name of ['script', 'style', 'link', 'object', 'embed', 'base', 'meta', 'video', 'svg']) {
  const element = document.createElement(name);
  element.setAttribute('src', 'https://example.org/x.js');
  element.setAttribute('href', 'https://example.org/x.css');
  element.setAttribute('data', 'https://example.org/x');
  element.setAttribute('onload', 'globalThis.ran = true');
  element.textContent = 'globalThis.ran = true';
  document.body.append(element);
}
await new Promise(resolve => setTimeout(resolve, 50));
equal(globalThis.ran, undefined, 'what ran');
