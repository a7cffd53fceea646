/*---
id: WEB-DOM-007
title: querySelector understands tags, ids, classes, attributes and descent
level: 2
grants: none
expect: ok
---*/
const box = document.createElement('stack');
box.innerHTML = '';
const row = document.createElement('row');
row.className = 'big row';
const button = document.createElement('button');
button.id = 'go';
button.setAttribute('kind', 'primary');
row.append(button);
box.append(row, document.createElement('button'));
document.body.append(box);
const count = (selector) => box.querySelectorAll(selector).length;
equal(count('button'), 2, 'tag');
equal(count('row > button'), 1, 'child');
equal(count('stack button'), 2, 'descendant');
equal(count('.big.row, #go'), 2, 'list');
equal(count('[kind="primary"]'), 1, 'attribute');
equal(document.getElementById('go'), button, 'getElementById');
equal(button.closest('row'), row, 'closest');
equal(box.querySelector('nothing'), null, 'nothing');
await fails('SyntaxError', () => box.querySelector('a:hover'));
