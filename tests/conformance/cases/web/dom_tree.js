/*---
id: WEB-DOM-001
title: the tree is built, moved and taken apart as in browsers
level: 2
grants: none
expect: ok
---*/
const list = document.createElement('stack');
const [a, b, c] = ['a', 'b', 'c'].map((name) => {
  const item = document.createElement('item');
  item.id = name;
  return item;
});
list.append(a, b);
list.insertBefore(c, b);
const ids = () => Array.from(list.children, (node) => node.id).join('');
equal(ids(), 'acb', 'inserted');
list.insertBefore(b, a);
equal(ids(), 'bac', 'moved');
b.after(c);
equal(ids(), 'bca', 'after');
list.replaceChild(a, c);
equal(ids(), 'ba', 'replaced');
equal(`${a.previousSibling.id} ${a.nextSibling} ${list.firstChild.id}`, 'b null b', 'links');
list.prepend('text', c);
equal(list.childNodes.length, 4, 'childNodes');
a.remove();
equal(a.parentNode, null, 'removed');
list.replaceChildren();
equal(list.hasChildNodes(), false, 'emptied');
