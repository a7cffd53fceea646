/*---
id: PERM-110
title: click(), submit() and forged events of every class are no touch
level: 4
guards: [gate.activation]
refs: ["SBX-CONS-009"]
grants: all
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
const button = document.createElement('button');
button.textContent = 'Go';
document.body.append(button);
let heard = 0;
button.addEventListener('click', () => ++heard);
button.click();
for (const kind of [Event, CustomEvent]) {
  const event = new kind('click', {bubbles: true, isTrusted: true});
  try {
    Object.defineProperty(event, 'isTrusted', {value: true});
  } catch {
    // Refused is as good as without effect.
  }
  button.dispatchEvent(event);
}
assert(heard > 0, 'the app heard its own events');
await fails('activation_required', () => kiosk.support.open({topic: 'forged'}));
