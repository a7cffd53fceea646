/*---
id: WEB-EVENT-004
title: propagation can be stopped, at once or for the rest of the path
level: 2
grants: none
expect: ok
---*/
const parent = document.createElement('stack');
const child = document.createElement('p');
parent.append(child);
let heard = '';
child.addEventListener('x', (event) => {
  heard += 'a';
  event.stopPropagation();
});
child.addEventListener('x', () => {
  heard += 'b';
});
parent.addEventListener('x', () => {
  heard += 'parent';
});
child.dispatchEvent(new Event('x', { bubbles: true }));
child.addEventListener('y', (event) => {
  heard += 'c';
  event.stopImmediatePropagation();
});
child.addEventListener('y', () => {
  heard += 'd';
});
child.dispatchEvent(new Event('y'));
equal(heard, 'abc', 'heard');
