/*---
id: WEB-TIMER-007
title: odd delays are taken as in browsers, strings are not run
level: 2
grants: none
expect: ok
---*/
await fails('TypeError', () => setTimeout('1', 0));
await fails('TypeError', () => setInterval(undefined, 0));
await Promise.all(
  [NaN, -5, 'abc', null, 1e20, undefined].map(
    (delay) => new Promise((resolve) => setTimeout(resolve, delay)),
  ),
);
let self;
await new Promise((resolve) =>
  setTimeout(function () {
    self = this;
    resolve();
  }, 0),
);
assert(self === undefined || self === globalThis, 'this');
