/*---
id: WEB-DOM-014
title: a textarea starts with the text in it, and classes of controls can be told apart
level: 2
grants: none
expect: ok
---*/
const area = document.createElement('textarea');
area.textContent = 'start';
equal(`${area.value} ${area.defaultValue}`, 'start start', 'from its text');
area.defaultValue = 'other';
equal(area.value, 'other', 'not touched yet');
area.value = 'mine';
area.defaultValue = 'third';
equal(`${area.value} ${area.textContent}`, 'mine third', 'touched');
equal(area.selectionStart, 4, 'the cursor is at the end');
area.setSelectionRange(1, 2);
equal(`${area.selectionStart} ${area.selectionEnd}`, '1 2', 'kept');
equal(area instanceof HTMLTextAreaElement, true, 'textarea');
equal(document.createElement('input') instanceof HTMLInputElement, true, 'input');
equal(document.createElement('switch') instanceof HTMLElement, true, 'a component');
const toggle = document.createElement('switch');
toggle.checked = true;
toggle.removeAttribute('checked');
equal(toggle.checked, false, 'of a component the attribute is the property');
