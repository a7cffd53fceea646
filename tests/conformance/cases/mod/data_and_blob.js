/*---
id: MOD-103
title: code in a data, blob or javascript address is no module
level: 1
refs: ["SBX-MOD"]
grants: none
expect: ok
---*/
for (const name
         of ['data:text/javascript,export default 1', 'blob:null/0', 'javascript:1',
             'DATA:text/javascript,1', 'data:application/json,{}', 'about:blank']) {
  await fails('TypeError', () => import(name));
}
