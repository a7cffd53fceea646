/*---
id: NATIVE-126
title: a getter that calls the bridge with itself ends in a RangeError or a refusal
level: 2
refs: ["SBX-NATIVE-006", "SBX-STACK"]
grants: none
expect: ok
---*/
const promises = [];
const params = {
  get key() {
    promises.push(kiosk.storage.local.get(params));
    return 'k';
  },
};
promises.push(kiosk.storage.local.get(params));
const outcomes = await Promise.allSettled(promises);
const names = new Set(outcomes.map(({reason}) => reason?.code ?? reason?.name ?? 'ok'));
for (const name of names) {
  assert(
      ['ok', 'RangeError', 'busy', 'rate_limited', 'internal', 'invalid_params'].includes(name),
      `an outcome is ${name}`);
}
equal((await kiosk.host.info({})).platform, 'linux', 'a call afterwards');
