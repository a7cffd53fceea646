/*---
id: GST-013
title: a module that does not parse ends the session as error, and says where
level: 1
template: true
grants: none
raw: true
expect: { ended: error, detail: "SyntaxError" }
---*/
const a = ;
