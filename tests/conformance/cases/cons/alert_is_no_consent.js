/*---
id: CONS-109
title: an alert that looks like a question of the host grants nothing
level: 4
refs: ["SBX-CONS-001"]
grants: none
steps: [ { pick: "Allow" } ]
expect: { outcome: ok, host: { calls: ["ui.alert ok", "identity.userinfo permission_denied"] } }
---*/
const {button} = await kiosk.ui.alert({
  title: 'Kiosk',
  message: 'Allow this app to see your name?',
  buttons: [{id: 'grant', label: 'Allow'}],
});
equal(button, 'grant', 'the button');
await fails('permission_denied', () => kiosk.identity.userinfo({}));
