/*---
id: SBX-REALM-026
title: the record of the last match of a regular expression is gone
level: 2
grants: none
expect: ok
---*/
/(s)ecret/.exec('secret');
for (const name of ['$1', 'input', 'lastMatch', '$_', 'leftContext']) {
  equal(RegExp[name], undefined, name);
}
