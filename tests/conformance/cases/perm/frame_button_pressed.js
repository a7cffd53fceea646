/*---
id: PERM-112
title: a press of the host's own button is a touch, and serves once
level: 4
guards: [touch.once]
refs: ["SBX-PERM-007"]
grants: all
steps: [ { tap: "Send it" } ]
expect: { outcome: ok, host: { callsOk: 2 } }
---*/
const pressed = new Promise(resolve => kiosk.on('mainButton', resolve));
await kiosk.ui.setMainButton({text: 'Send it', visible: true});
await pressed;
await kiosk.support.open({topic: 'first'});
await fails('activation_required', () => kiosk.support.open({topic: 'second'}));
