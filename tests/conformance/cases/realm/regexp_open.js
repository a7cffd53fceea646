/*---
id: REALM-131
title: rewriting RegExp.prototype, which is open, changes no check of the bridge
level: 1
refs: ["vm2 ATTACKS 11"]
grants: none
expect: ok
---*/
// The one built-in prototype that is left open for the sake of speed.
const {exec, test} = RegExp.prototype;
let ran = 0;
const lie = () => (++ran, true);
RegExp.prototype.test = lie;
RegExp.prototype.exec = lie;
Object.defineProperty(RegExp.prototype, Symbol.replace, {value: lie, configurable: true});
let code;
let info;
try {
  await kiosk.call('NO such\u0000method', {}).catch(error => code = error.code);
  info = await kiosk.host.info({});
} finally {
  Object.assign(RegExp.prototype, {exec, test});
}
equal(code, 'unsupported', 'a name that is none');
equal(info.platform, 'linux', 'a call');
equal(ran, 0, 'times that the bridge asked the app');
