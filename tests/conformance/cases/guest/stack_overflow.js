/*---
id: GST-015
title: endless recursion is a RangeError of the app and nothing more
level: 1
template: true
grants: none
expect: ok
---*/
const deep = () => deep() + 1;
await fails('RangeError', deep);
await fails('RangeError', () => JSON.stringify((() => {
  let nested = [];
  for (let i = 0; i < 200000; ++i) nested = [nested];
  return nested;
})()));
