/*---
id: WEB-URL-002
title: relative addresses are resolved against their base
level: 2
grants: none
expect: ok
---*/
const base = 'http://a/b/c/d;p?q';
const table = {
  g: 'http://a/b/c/g',
  './g': 'http://a/b/c/g',
  'g/': 'http://a/b/c/g/',
  '/g': 'http://a/g',
  '//g': 'http://g/',
  '?y': 'http://a/b/c/d;p?y',
  'g?y': 'http://a/b/c/g?y',
  '#s': 'http://a/b/c/d;p?q#s',
  '': 'http://a/b/c/d;p?q',
  '.': 'http://a/b/c/',
  '..': 'http://a/b/',
  '../../../g': 'http://a/g',
  'g;x=1/../y': 'http://a/b/c/y',
  'http:g': 'http://a/b/c/g',
  '\\\\h\\p': 'http://h/p',
};
for (const [given, wanted] of Object.entries(table))
  equal(new URL(given, base).href, wanted, given);
