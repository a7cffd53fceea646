/*---
id: WEB-URL-006
title: parts of a URL can be set, and impossible ones are ignored
level: 2
grants: none
expect: ok
---*/
const url = new URL('http://a.example/p?q#f');
url.protocol = 'https';
url.host = 'b.example:444';
url.pathname = 'x y';
url.search = 'k=v w';
url.hash = '';
equal(url.href, 'https://b.example:444/x%20y?k=v%20w', 'after setting');
url.port = '99999';
url.hostname = 'bad host';
url.protocol = 'mailto';
equal(url.href, 'https://b.example:444/x%20y?k=v%20w', 'after nonsense');
url.port = '443';
equal(url.port, '', 'the default port');
await fails('TypeError', () => {
  url.href = 'nonsense';
});
