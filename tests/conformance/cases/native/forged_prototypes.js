/*---
id: NATIVE-104
title: an object that only has the prototype of a node is no node
level: 2
refs: ["GHSA-864f-rcv7-6rh4", "SBX-NATIVE-003"]
grants: none
expect: ok
---*/
for (const kind of [Node, Element, HTMLElement, Text, DocumentFragment]) {
  const forged = Object.create(kind.prototype);
  await fails('TypeError', () => document.body.appendChild(forged));
  await fails('TypeError', () => document.body.insertBefore(document.createElement('p'), forged));
}
equal(document.body.childNodes.length, 0, 'children');
