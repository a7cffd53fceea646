/*---
id: WEB-DOM-005
title: value, checked and disabled are live properties of controls
level: 2
grants: none
expect: ok
---*/
const input = document.createElement('input');
input.setAttribute('value', 'start');
equal(input.value, 'start', 'from the attribute');
input.value = 7;
equal(input.value, '7', 'as text');
equal(input.getAttribute('value'), 'start', 'the attribute stays');
input.value = null;
equal(input.value, '', 'null is nothing');
input.checked = 'yes';
equal(input.checked, true, 'checked');
input.disabled = true;
equal(input.disabled, true, 'disabled');
input.disabled = false;
equal(input.disabled, false, 'enabled');
