/*---
id: WEB-DOM-002
title: impossible trees are refused and change nothing
level: 2
grants: none
expect: ok
---*/
const a = document.createElement('stack');
const b = document.createElement('stack');
a.append(b);
await fails('HierarchyRequestError', () => b.append(a));
await fails('HierarchyRequestError', () => a.append(a));
await fails('HierarchyRequestError', () => document.append(document.createElement('x')));
await fails('NotFoundError', () => b.removeChild(a));
await fails('NotFoundError', () => a.insertBefore(document.createElement('x'), document.body));
await fails('TypeError', () => a.appendChild({}));
await fails('TypeError', () => new Node());
await fails('TypeError', () => new HTMLElement());
await fails('InvalidCharacterError', () => document.createElement('a b'));
await fails('InvalidCharacterError', () => a.setAttribute('', 'x'));
equal(a.firstChild, b, 'the tree');
