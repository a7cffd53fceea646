/*---
id: PRM-007
title: an event that the app makes itself is no touch of the user
level: 4
grants: all
control: naive
expect: { error: activation_required, host: { callsOk: 0 } }
---*/
const button = document.createElement('button');
document.body.append(button);
const clicked = new Promise(resolve => button.addEventListener('click', resolve));
button.dispatchEvent(new Event('click'));
await clicked;
await kiosk.messages.share({text: 'forged'});
