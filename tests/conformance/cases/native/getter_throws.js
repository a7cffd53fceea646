/*---
id: NATIVE-127
title: what a getter throws reaches the caller, and nothing is sent
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const thrown
         of [new RangeError('mine'), 'text', undefined, null, Symbol('s'), {code: 'busy'}]) {
  let caught = 'nothing';
  await kiosk.storage.local
      .set({
        key: 'k',
        get value() {
          throw thrown;
        }
      })
      .catch(error => caught = error);
  assert(caught === thrown || caught instanceof BridgeError, `caught ${String(caught)}`);
}
