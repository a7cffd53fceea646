/*---
id: PERM-111
title: an app cannot press the host's own button
level: 4
refs: ["SBX-CONS-009"]
grants: all
expect: { outcome: ok, host: { callsOk: 1 } }
---*/
let heard = 0;
kiosk.on('mainButton', () => ++heard);
await kiosk.ui.setMainButton({text: 'Pay', visible: true});
dispatchEvent(new Event('mainButton'));
document.dispatchEvent(new CustomEvent('mainButton'));
await fails('activation_required', () => kiosk.support.open({topic: 'forged'}));
equal(heard, 0, 'presses that were heard');
