/*---
id: NATIVE-136
title: a method's name of 16 million characters is no method and reaches no host
level: 2
refs: ["SBX-NATIVE-011"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
await fails('unsupported', () => kiosk.call('x'.repeat(2 ** 24), {}));
await fails('unsupported', () => kiosk.call('\u0416.'.repeat(1000), {}));
equal(kiosk.supports('x'.repeat(2 ** 20)), false, 'supports');
