/*---
id: WEB-URL-003
title: what is no address throws a TypeError
level: 2
grants: none
expect: ok
---*/
for (const text of [
  '',
  'no scheme',
  'http://',
  'http://a b/',
  'http://[::1',
  'http://1.2.3.256/',
  'http://a:99999/',
  'http://%00/',
  'http://a<b/',
  '//x',
  'http://user@/',
  'https://xn--/',
]) {
  await fails('TypeError', () => new URL(text));
  equal(URL.canParse(text), false, text);
  equal(URL.parse(text), null, text);
}
