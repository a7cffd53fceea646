/*---
id: REALM-129
title: two calls never give the same object, so that results carry nothing from one to the other
level: 1
grants: none
expect: ok
---*/
const [first, second] = await Promise.all([kiosk.host.info({}), kiosk.host.info({})]);
equal(JSON.stringify(first) === JSON.stringify(second), true, 'the same facts');
equal(first === second, false, 'the same object');
const marks = new WeakSet([first]);
equal(marks.has(await kiosk.host.info({})), false, 'a mark on the first');
