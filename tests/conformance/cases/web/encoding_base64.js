/*---
id: WEB-ENC-005
title: atob forgives spaces and refuses the rest
level: 2
grants: none
expect: ok
---*/
equal(btoa('\u0000\u00ff\u0080abc'), 'AP+AYWJj', 'btoa');
equal(atob(' Y W\nJj '), 'abc', 'atob');
equal(atob('YQ'), 'a', 'without padding');
equal(atob(''), '', 'nothing');
for (const text of ['a', 'ab=', 'abc==', '=', 'a=bc', '*', 'YWJjZA===', 'ж']) {
  await fails('InvalidCharacterError', () => atob(text));
}
