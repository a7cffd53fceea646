/*---
id: REALM-112
title: the traps of a Proxy in the parameters see nothing but the app's own objects
level: 1
refs: ["vm2 ATTACKS 6", "CVE-2023-32314"]
grants: none
expect: ok
---*/
const target = {
  a: 1
};
const foreign = [];
const handler = new Proxy({}, {
  get: (_, trap) => (...args) => {
    for (const each of args) {
      const isObject = typeof each === 'object' && each !== null || typeof each === 'function';
      if (isObject && each !== target && each !== proxy) foreign.push(String(trap));
    }
    return Reflect[trap](...args);
  },
});
const proxy = new Proxy(target, handler);
await fails('unsupported', () => kiosk.call('no.such', proxy));
await fails('unsupported', () => kiosk.call('no.such', {inner: proxy}));
console.log(proxy);
equal(foreign.join(), '', 'traps that saw a foreign object');
