/*---
id: WEB-FREEZE-008
promise: assigning to a built-in prototype says that it is read-only
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
