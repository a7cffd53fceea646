/*---
id: WEB-FREEZE-001
title: a subclass of Error may set its name and message
level: 2
grants: none
expect: ok
---*/
class E extends Error {
  constructor(text) {
    super(text);
    this.name = 'E';
    this.message = `${text}!`;
  }
}
equal(String(new E('m')), 'E: m!', 'text');
for (const Native of [TypeError, RangeError, SyntaxError, EvalError, ReferenceError, URIError]) {
  const error = new Native('m');
  error.name = 'Mine';
  error.toString = () => 'own';
  equal(error.name, 'Mine', Native.name);
}
function Old() {}
Old.prototype = Object.create(Error.prototype);
Old.prototype.constructor = Old;
Old.prototype.name = 'Old';
Old.prototype.toString = () => 'old';
equal(new Old().name, 'Old', 'name');
