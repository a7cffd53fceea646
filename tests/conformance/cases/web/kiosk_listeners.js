/*---
id: WEB-KIOSK-005
title: kiosk.on takes functions and kiosk.off lets them go
level: 2
grants: none
expect: ok
---*/
const listener = () => {};
kiosk.on('hidden', listener);
kiosk.on('hidden', listener);
kiosk.off('hidden', listener);
kiosk.off('hidden', listener);
kiosk.off('never', listener);
await fails('TypeError', () => kiosk.on('hidden', {}));
