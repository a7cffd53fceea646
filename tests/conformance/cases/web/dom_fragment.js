/*---
id: WEB-DOM-003
title: a fragment gives its children and is empty then
level: 2
grants: none
expect: ok
---*/
const fragment = document.createDocumentFragment();
fragment.append('a', document.createElement('b'), document.createComment('c'));
const parent = document.createElement('stack');
parent.append(fragment);
equal(parent.childNodes.length, 3, 'children');
equal(fragment.childNodes.length, 0, 'left in the fragment');
const copy = parent.cloneNode(true);
equal(copy.childNodes.length, 3, 'the copy');
assert(copy.firstChild !== parent.firstChild, 'another node');
equal(parent.textContent, 'a', 'text');
