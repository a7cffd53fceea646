/*---
id: NATIVE-134
title: a listener that removes itself, its node and its neighbours ends its dispatch in order
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: ok
---*/
const node = document.createElement('button');
document.body.append(node);
const ran = [];
const second = () => ran.push('second');
node.addEventListener('mine', () => {
  ran.push('first');
  node.removeEventListener('mine', second);
  node.remove();
  for (let i = 0; i < 100; ++i) node.addEventListener('mine', () => ran.push('late'));
});
node.addEventListener('mine', second);
node.addEventListener('mine', () => ran.push('third'));
node.dispatchEvent(new Event('mine'));
equal(ran.join(), 'first,third', 'what ran');
