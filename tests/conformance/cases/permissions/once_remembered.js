/*---
id: PRM-005
title: a consent of the kind "once" is asked once in a session
level: 4
grants: ask
steps: [ { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1, callsOk: 2 } }
---*/
const first = await kiosk.identity.userinfo({});
const second = await kiosk.identity.userinfo({});
equal(first.sub, second.sub, 'the id');
