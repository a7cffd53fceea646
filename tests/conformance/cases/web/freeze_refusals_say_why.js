/*---
id: WEB-FREEZE-008
title: assigning to a built-in prototype says that it is read-only
level: 2
grants: none
expect: ok
---*/
let text = '';
try {
  Object.prototype.toString = () => '';
} catch (error) {
  text = error.message;
}
assert(/read-only/.test(text), `"${text}" says why`);
