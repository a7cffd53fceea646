/*---
id: WEB-DOM-011
title: a select is the value of its option, however it was chosen
level: 2
grants: none
expect: ok
---*/
const select = document.createElement('select');
for (const name of ['a', 'b', 'c']) {
  const option = document.createElement('option');
  option.value = name;
  option.textContent = `  Option\n ${name} `;
  select.append(option);
}
const [a, b, c] = select.options;
equal(`${select.value} ${select.selectedIndex}`, 'a 0', 'the first');
equal(b.text, 'Option b', 'text');
b.selected = true;
equal(`${select.value} ${a.selected} ${b.selected}`, 'b false true', 'by its option');
select.value = 'c';
equal(`${select.selectedIndex} ${c.selected}`, '2 true', 'by its value');
select.selectedIndex = 0;
equal(select.value, 'a', 'by its index');
select.selectedIndex = -1;
equal(`${select.value}|${select.selectedIndex}`, '|-1', 'none');
equal(select.selectedOptions.length, 0, 'no option');
const fresh = select.cloneNode(true);
fresh.value = 'b';
equal(fresh.selectedOptions[0].index, 1, 'index');
const marked = document.createElement('select');
marked.append(a.cloneNode(true), b.cloneNode(true));
marked.lastChild.defaultSelected = true;
equal(marked.value, 'b', 'the one that says selected');
