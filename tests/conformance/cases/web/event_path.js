/*---
id: WEB-EVENT-003
title: events go down by capture and up by bubbling through the tree
level: 2
grants: none
expect: ok
---*/
const outer = document.createElement('stack');
const inner = document.createElement('button');
outer.append(inner);
document.body.append(outer);
const order = [];
const note = (name) => (event) => order.push(`${name}${event.eventPhase}`);
outer.addEventListener('click', note('outer capture '), true);
outer.addEventListener('click', note('outer '));
inner.addEventListener('click', note('inner '));
inner.addEventListener('click', note('inner capture '), { capture: true });
document.addEventListener('click', note('document '));
addEventListener('click', note('window '));
inner.click();
equal(
  order.join(', '),
  'outer capture 1, inner capture 2, inner 2, outer 3, document 3, window 3',
  'order',
);
const path = [];
inner.addEventListener('x', (event) => path.push(...event.composedPath()));
inner.dispatchEvent(new Event('x'));
assert(path[0] === inner && path[1] === outer && path.at(-1) === globalThis, 'composedPath');
