/*---
id: SBX-REALM-027
title: a synthetic event is never trusted, whatever the app does
level: 2
grants: none
expect: ok
---*/
const button = document.createElement('button');
document.body.append(button);
const seen = [];
button.addEventListener('click', (event) => seen.push(event.isTrusted));
button.click();
button.dispatchEvent(new Event('click'));
class Forged extends Event {
  get isTrusted() {
    return true;
  }
}
const forged = new Forged('click');
button.dispatchEvent(forged);
const native = Object.getOwnPropertyDescriptor(Event.prototype, 'isTrusted').get;
equal(seen.slice(0, 2).join(), 'false,false', 'isTrusted');
equal(native.call(forged), false, 'the real flag');
equal(Object.getOwnPropertySymbols(forged).length, 0, 'symbols on an event');
