/*---
id: WEB-ES-001
title: what newer JavaScript has and this V8 may lack is there
level: 2
grants: none
expect: ok
---*/
equal([3, 1, 2].toSorted().join(), '1,2,3', 'toSorted');
equal([1, 2].with(0, 5).join(), '5,2', 'with');
equal(Object.groupBy([1, 2, 3], (x) => (x % 2 ? 'odd' : 'even')).odd.join(), '1,3', 'groupBy');
equal(new Set([1, 2]).union(new Set([3])).size, 3, 'union');
equal(
  [1, 2, 3]
    .values()
    .map((x) => x * 2)
    .filter((x) => x > 2)
    .toArray()
    .join(),
  '4,6',
  'iterator helpers',
);
const { promise, resolve } = Promise.withResolvers();
resolve(1);
equal(await promise, 1, 'withResolvers');
equal('a\ud800'.isWellFormed(), false, 'isWellFormed');
equal((await Array.fromAsync([1, Promise.resolve(2)])).join(), '1,2', 'fromAsync');
equal(Uint8Array.fromBase64('AQI=').join(), '1,2', 'fromBase64');
equal(Error.isError(new TypeError('x')), true, 'isError');
equal(RegExp.escape('a.b'), '\\x61\\.b', 'escape');
