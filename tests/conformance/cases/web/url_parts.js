/*---
id: WEB-URL-001
title: a URL is taken apart as in browsers
level: 2
grants: none
expect: ok
---*/
const url = new URL('https://u:p@Example.ORG:8443/a/./b/../c%20d?x=1#frag');
const parts = {
  href: 'https://u:p@example.org:8443/a/c%20d?x=1#frag',
  origin: 'https://example.org:8443',
  protocol: 'https:',
  username: 'u',
  password: 'p',
  host: 'example.org:8443',
  hostname: 'example.org',
  port: '8443',
  pathname: '/a/c%20d',
  search: '?x=1',
  hash: '#frag',
};
for (const [name, value] of Object.entries(parts)) equal(url[name], value, name);
equal(JSON.stringify({ url }), `{"url":"${parts.href}"}`, 'toJSON');
