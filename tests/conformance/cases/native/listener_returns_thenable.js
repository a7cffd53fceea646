/*---
id: NATIVE-122
title: what a listener returns is not looked at
level: 2
refs: ["SBX-NATIVE-008"]
grants: none
expect: ok
---*/
let looked = 0;
const thenable = {
  get then() {
    ++looked;
    return undefined;
  },
};
addEventListener('mine', () => thenable);
dispatchEvent(new Event('mine'));
setTimeout(() => thenable, 1);
kiosk.on('shown', () => thenable);
await new Promise(resolve => setTimeout(resolve, 20));
equal(looked, 0, 'looks at then');
