/*---
id: GST-011
title: an exception while loading ends the session as error, with its stack
level: 1
template: true
grants: none
raw: true
expect: { ended: error, detail: "TypeError: not today" }
---*/
function thrower() {
  throw new TypeError('not today');
}
thrower();
