/*---
id: NATIVE-119
title: a revoked Proxy as parameter is an error of the app
level: 2
refs: ["SBX-NATIVE-008"]
grants: none
expect: ok
---*/
const {proxy, revoke} = Proxy.revocable({}, {});
revoke();
let caught;
await kiosk.storage.local.set({key: 'k', value: proxy}).catch(error => caught = error);
equal(caught instanceof Error, true, 'an error of this realm');
caught = undefined;
await kiosk.storage.local.set(proxy).catch(error => caught = error);
equal(caught instanceof Error, true, 'as the parameters themselves');
