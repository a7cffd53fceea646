/*---
id: WEB-URL-007
title: URLSearchParams reads, changes, sorts and writes pairs
level: 2
grants: none
expect: ok
---*/
const params = new URLSearchParams('?b=2&a=1&b=3&c=%20+%2B');
equal(params.get('b'), '2', 'get');
equal(params.getAll('b').join(), '2,3', 'getAll');
equal(params.get('c'), '  +', 'decoding');
params.append('д', 'я');
params.delete('b', '3');
params.set('a', 'x&y');
params.sort();
equal(`${params}`, 'a=x%26y&b=2&c=++%2B&%D0%B4=%D1%8F', 'text');
equal(params.size, 4, 'size');
equal(
  [
    ...new URLSearchParams([
      ['k', 'v'],
      ['k', 'w'],
    ]),
  ].join(';'),
  'k,v;k,w',
  'from pairs',
);
equal(`${new URLSearchParams({ x: 1, y: 'z' })}`, 'x=1&y=z', 'from a record');
equal(params.has('b', '9'), false, 'has');
