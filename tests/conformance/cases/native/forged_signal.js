/*---
id: NATIVE-105
title: an object that only has the prototype of AbortSignal is no signal
level: 2
refs: ["SBX-NATIVE-003"]
grants: none
expect: ok
---*/
const forged = Object.create(AbortSignal.prototype);
const proxied = new Proxy(AbortSignal.abort(), {});
for (const signal of [forged, proxied, {aborted: true}]) {
  await fails('invalid_params', () => kiosk.host.info({}, {signal}));
}
