/*---
id: NATIVE-130
title: a delay that throws or is a symbol throws in the app and leaves no timer
level: 2
refs: ["SBX-NATIVE-007"]
grants: none
expect: ok
---*/
let ran = 0;
const mine = new Error('mine');
for (const delay of [Symbol('s'), {valueOf: () => ({}), toString: () => ({})}]) {
  await fails('TypeError', () => setTimeout(() => ++ran, delay));
}
await fails('Error', () => setTimeout(() => ++ran, {
                       valueOf() {
                         throw mine;
                       }
                     }));
await new Promise(resolve => setTimeout(resolve, 20));
equal(ran, 0, 'timers that ran');
