/*---
id: IDN-001
title: an app learns a pairwise id, never the host's own id of the user
level: 5
grants: all
control: naive
expect: ok
---*/
const user = await kiosk.identity.userinfo({});
assert(/^[A-Za-z0-9_-]{16,64}$/.test(user.sub), `${user.sub} is an opaque id`);
equal('userId' in user || 'id' in user, false, 'another id');
