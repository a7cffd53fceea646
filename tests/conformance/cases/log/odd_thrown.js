/*---
id: LOG-109
title: a thrown symbol, null-prototype object or function ends the session as error
level: 5
refs: ["vm2 ATTACKS 22"]
grants: none
raw: true
expect: { ended: error }
---*/
throw Object.create(null);
