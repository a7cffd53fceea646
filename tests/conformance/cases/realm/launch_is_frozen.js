/*---
id: REALM-130
title: kiosk.launch is plain frozen data of the app's realm
level: 1
control: naive
grants: none
expect: ok
---*/
equal(Object.isFrozen(kiosk.launch), true, 'frozen');
equal(Object.getPrototypeOf(kiosk.launch) === Object.prototype, true, 'its prototype');
await fails('TypeError', () => kiosk.launch.entryPoint = 'chat');
await fails('TypeError', () => kiosk.launch = {});
