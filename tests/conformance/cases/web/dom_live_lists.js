/*---
id: WEB-DOM-008
title: childNodes and children are live
level: 2
grants: none
expect: ok
---*/
const e = document.createElement('stack');
const { childNodes, children } = e;
e.append('a', document.createElement('b'), 'c');
equal(`${childNodes.length} ${children.length}`, '3 1', 'lengths');
let guard = 0;
while (childNodes.length > 0 && ++guard < 10) childNodes[0].remove();
equal(guard, 3, 'removals');
equal(e.childNodes === childNodes, true, 'the same list');
equal([...childNodes].length, 0, 'iteration');
