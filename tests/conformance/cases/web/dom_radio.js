/*---
id: WEB-DOM-012
title: of a group of radio buttons one is on, and a click switches as in browsers
level: 2
grants: none
expect: ok
---*/
const make = (type, name, parent) => {
  const input = document.createElement('input');
  input.type = type;
  input.name = name;
  parent.append(input);
  return input;
};
const form = document.createElement('form');
const other = document.createElement('form');
document.body.append(form, other);
const [a, b] = [make('radio', 'x', form), make('radio', 'x', form)];
const foreign = [make('radio', 'x', other), make('radio', 'y', form), make('radio', '', form)];
for (const radio of foreign) radio.checked = true;
const order = [];
for (const type of ['click', 'input', 'change']) {
  b.addEventListener(type, () => order.push(`${type} ${b.checked}`));
}
a.checked = true;
b.click();
equal(`${a.checked} ${b.checked}`, 'false true', 'the other is off');
equal(foreign.every((radio) => radio.checked), true, 'other groups stay');
equal(order.join(), 'click true,input true,change true', 'the events');
b.click();
equal(order.length, 4, 'nothing changed');
a.addEventListener('click', (event) => event.preventDefault());
a.click();
equal(`${a.checked} ${b.checked}`, 'false true', 'a prevented click puts both back');
const box = make('checkbox', 'z', form);
equal(box.value, 'on', 'a value of its own');
box.click();
equal(box.checked, true, 'switched');
const group = document.createElement('radiogroup');
const [c, d] = [document.createElement('radio'), document.createElement('radio')];
group.append(c, d);
c.checked = true;
d.checked = true;
equal(c.checked, false, 'a radiogroup needs no names');
