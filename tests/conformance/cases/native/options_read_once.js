/*---
id: NATIVE-128
title: the options of a call are read once each
level: 2
refs: ["SBX-NATIVE-005"]
grants: none
expect: ok
---*/
const reads = {};
const count = (name, value) => {
  reads[name] = (reads[name] ?? 0) + 1;
  return value;
};
await kiosk.host.info({}, {
  get timeoutMs() {
    return count('timeoutMs', 1000);
  },
  get signal() {
    return count('signal', undefined);
  },
  get idempotencyKey() {
    return count('idempotencyKey', 'key');
  },
});
for (const [name, times] of Object.entries(reads)) equal(times, 1, name);
