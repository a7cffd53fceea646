/*---
id: ISO-101
title: no store of the web is there to be shared by apps
level: 4
refs: ["SBX-ISO-003", "arXiv 2510.24141"]
grants: none
expect: ok
---*/
for (const name
         of ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore', 'openDatabase',
             'webkitRequestFileSystem', 'showOpenFilePicker']) {
  equal(typeof globalThis[name], 'undefined', name);
}
equal(document.cookie, undefined, 'document.cookie');
