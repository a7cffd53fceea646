/*---
id: GST-009
title: library features that newer engines have are there on an older one
level: 1
template: true
grants: none
expect: ok
---*/
equal([3, 1, 2].toSorted().join(), '1,2,3', 'toSorted');
equal([1, 2, 3].with(1, 9).join(), '1,9,3', 'with');
equal(Object.groupBy([1, 2, 3], n => n % 2 ? 'odd' : 'even').odd.join(), '1,3', 'groupBy');
equal([...new Set([1, 2]).union(new Set([2, 3]))].join(), '1,2,3', 'Set.prototype.union');
const {promise, resolve} = Promise.withResolvers();
resolve('resolved');
equal(await promise, 'resolved', 'withResolvers');
equal([1, 2, 3].values().map(n => n * 2).toArray().join(), '2,4,6', 'iterator helpers');
