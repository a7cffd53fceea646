/*---
id: WEB-DOM-004
title: "nothing parses HTML: innerHTML takes nothing but emptiness"
level: 2
grants: none
expect: ok
---*/
const p = document.createElement('p');
p.append('x');
const error = await fails('NotSupportedError', () => {
  p.innerHTML = '<b>x</b>';
});
equal(error.code, 9, 'code');
equal(p.textContent, 'x', 'unchanged');
p.innerHTML = '';
equal(p.childNodes.length, 0, 'emptied');
p.textContent = '<b>x</b>';
equal(p.firstChild.nodeType, 3, 'text stays text');
