/*---
id: WEB-URL-005
title: every spelling of an IP address becomes one
level: 2
grants: none
expect: ok
---*/
const table = {
  127.1: '127.0.0.1',
  '0x7f.1': '127.0.0.1',
  2130706433: '127.0.0.1',
  '0177.0.0.1': '127.0.0.1',
  '１２７.０.０.１': '127.0.0.1',
  '127.0.0.1.': '127.0.0.1',
  '[::1]': '[::1]',
  '[0:0:0:0:0:0:0:1]': '[::1]',
  '[::ffff:127.0.0.1]': '[::ffff:7f00:1]',
  '[2001:DB8:0:0:1:0:0:1]': '[2001:db8::1:0:0:1]',
  0: '0.0.0.0',
};
for (const [given, wanted] of Object.entries(table)) {
  equal(new URL(`http://${given}/`).hostname, wanted, given);
}
