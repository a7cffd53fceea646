/*---
id: WEB-DOM-013
title: a form is sent by its button and brought back by reset
level: 2
grants: none
expect: ok
---*/
const form = document.createElement('form');
const input = document.createElement('input');
const button = document.createElement('button');
input.setAttribute('value', 'start');
form.append(input, button);
document.body.append(form);
equal(`${input.form === form} ${form.elements.length}`, 'true 2', 'controls');
let submitter;
let count = 0;
form.addEventListener('submit', (event) => {
  count += 1;
  submitter = event.submitter;
});
button.click();
equal(`${count} ${submitter === button}`, '1 true', 'by its button');
button.disabled = true;
button.click();
button.disabled = false;
button.type = 'button';
button.click();
equal(count, 1, 'a disabled button and one of another type send nothing');
form.requestSubmit();
equal(count, 2, 'requestSubmit');
form.submit();
equal(count, 2, 'submit() tells nobody');
input.value = 'typed';
input.setAttribute('value', 'later');
equal(input.value, 'typed', 'what was set stays');
button.type = 'reset';
button.click();
equal(input.value, 'later', 'the start again');
