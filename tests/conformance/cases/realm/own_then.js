/*---
id: REALM-106
title: a then that the app puts on a promise of the bridge changes no other call
level: 1
refs: ["vm2 ATTACKS 7"]
grants: none
expect: ok
---*/
const call = kiosk.host.info({});
let stolen = 0;
call.then = (resolve) => {
  ++stolen;
  resolve('mine');
};
equal(await Promise.race([call]), 'mine', 'the app may fool itself');
equal(stolen, 1, 'calls of the own then');
equal((await kiosk.host.info({})).platform, 'linux', 'another call');
