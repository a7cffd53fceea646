/*---
id: NATIVE-125
title: a getter that aborts the call that it is read for makes it cancelled
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: ok
---*/
const controller = new AbortController();
const params = {
  key: 'k',
  get value() {
    controller.abort();
    return 1;
  },
};
await fails('cancelled', () => kiosk.storage.local.set(params, {signal: controller.signal}));
