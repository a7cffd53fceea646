/*---
id: ID-101
title: the pairwise id is the same at every call and in the launch data, and says nothing
level: 5
refs: ["SBX-ID-005", "OIDC Core 8.1"]
grants: all
control: naive
expect: ok
---*/
const first = await kiosk.identity.userinfo({});
const second = await kiosk.identity.userinfo({});
equal(first.sub, second.sub, 'the id');
assert(!/anna|boris|vera|user/.test(first.sub), 'it is no name');
const {launchData} = await kiosk.host.launch({});
const user = JSON.parse(new URLSearchParams(launchData).get('user'));
equal(user.id, first.sub, 'the id in the launch data');
