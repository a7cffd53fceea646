/*---
id: GST-013
promise: a module that does not parse ends the session as error, and says where
grants: none
raw: true
expect: { ended: error, detail: "SyntaxError" }
---*/
const a = ;
