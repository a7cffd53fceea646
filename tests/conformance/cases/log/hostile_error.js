/*---
id: LOG-108
title: an uncaught error whose every property throws ends the session as error all the same
level: 5
refs: ["SBX-REALM-007", "vm2 ATTACKS 22"]
grants: none
raw: true
expect: { ended: error }
---*/
throw new Proxy(new Error('x'), {
  get() {
    throw new Error('inner');
  },
  getPrototypeOf() {
    throw new Error('inner');
  },
});
