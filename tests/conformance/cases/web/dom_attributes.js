/*---
id: WEB-DOM-006
title: attributes, classes and styles are kept and can be read back
level: 2
grants: none
expect: ok
---*/
const e = document.createElement('Button');
equal(e.localName, 'button', 'lower case');
e.setAttribute('Data-X', 1);
equal(e.getAttribute('data-x'), '1', 'getAttribute');
e.classList.add('a', 'b', 'a');
e.classList.toggle('b');
equal(e.className, 'a', 'className');
e.style.color = 'red';
e.style.setProperty('--x', 1);
equal(`${e.style.color} ${e.style.getPropertyValue('--x')}`, 'red 1', 'style');
e.toggleAttribute('hidden');
equal(e.hidden, true, 'hidden');
equal(e.getAttributeNames().join(), 'data-x,class,hidden', 'names');
e.removeAttribute('data-x');
equal(e.hasAttribute('data-x'), false, 'removed');
e.placeholder = 'p';
equal(e.getAttribute('placeholder'), 'p', 'a property that is an attribute');
