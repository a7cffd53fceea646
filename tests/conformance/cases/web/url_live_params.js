/*---
id: WEB-URL-008
title: searchParams and search of a URL are one
level: 2
grants: none
expect: ok
---*/
const url = new URL('https://a.example/?x=1');
url.searchParams.append('y', '2');
equal(url.search, '?x=1&y=2', 'search');
url.search = '?z=3';
equal(url.searchParams.get('z'), '3', 'searchParams');
url.searchParams.delete('z');
equal(url.href, 'https://a.example/', 'href');
