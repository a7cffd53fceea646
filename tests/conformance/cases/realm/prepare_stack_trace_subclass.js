/*---
id: REALM-107
title: prepareStackTrace of a subclass never gets a CallSite
level: 1
refs: ["CVE-2021-23555", "CVE-2022-36067", "vm2 ATTACKS 4"]
grants: none
expect: ok
---*/
let sites = 0;
class Spy extends Error {
  static prepareStackTrace(error, frames) {
    sites += frames.length;
    return frames;
  }
}
equal(typeof new Spy('x').stack, 'string', 'the stack of the subclass');
const holder = {};
Error.captureStackTrace?.(holder);
equal(typeof holder.stack, Error.captureStackTrace ? 'string' : 'undefined', 'a captured stack');
await fails('TypeError', () => Object.defineProperty(Error, 'prepareStackTrace', {value: Spy}));
equal(sites, 0, 'CallSites that were seen');
