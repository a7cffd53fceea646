/*---
id: NATIVE-132
title: a toString that removes the node whose attribute is being set harms no tree
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: ok
---*/
const node = document.createElement('text');
document.body.append(node);
node.setAttribute('title', {
  toString() {
    node.remove();
    document.body.append('after');
    return 'set';
  },
});
equal(node.getAttribute('title'), 'set', 'the attribute');
equal(document.body.textContent, 'after', 'the tree');
