/*---
id: REALM-123
title: __defineGetter__ and __proto__ change no built-in object
level: 1
guards: [guest.frozen]
refs: ["SBX-REALM-012", "vm2 ATTACKS 20"]
grants: none
expect: ok
---*/
await fails('TypeError', () => Object.prototype.__defineGetter__('polluted', () => 1));
await fails('TypeError', () => Array.prototype.__defineSetter__('0', () => 1));
await fails('TypeError', () => Array.prototype.__proto__ = {
  polluted: 1
});
await fails('TypeError', () => Object.setPrototypeOf(Function.prototype, {polluted: 1}));
await fails('TypeError', () => Object.setPrototypeOf(kiosk, {polluted: 1}));
equal({}.polluted, undefined, 'an object');
equal([].polluted, undefined, 'an array');
