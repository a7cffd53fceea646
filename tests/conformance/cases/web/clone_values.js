/*---
id: WEB-CLONE-001
title: structuredClone copies what JSON cannot
level: 2
grants: none
expect: ok
---*/
const source = {
  date: new Date(5),
  map: new Map([[{ k: 1 }, new Set([1, NaN])]]),
  regexp: /a+/gi,
  big: 10n,
  bytes: new Uint8Array([1, 2, 3]),
  error: new RangeError('r'),
  sparse: [1, , 3],
  undef: undefined,
};
source.self = source;
const copy = structuredClone(source);
assert(copy !== source && copy.self === copy, 'the circle');
equal(copy.date.getTime(), 5, 'date');
equal([...copy.map.keys()][0].k, 1, 'map');
equal(`${copy.regexp}`, '/a+/gi', 'regexp');
assert(copy.error instanceof RangeError && copy.error.message === 'r', 'error');
equal(1 in copy.sparse, false, 'hole');
assert('undef' in copy && copy.bytes[2] === 3 && copy.big === 10n, 'the rest');
assert(Object.getPrototypeOf(copy) === Object.prototype, 'of this realm');
