/*---
id: ARGS-141
title: every accessor of the parameters is read exactly once, whatever it answers
level: 2
refs: ["SBX-ARGS-009"]
grants: none
expect: ok
---*/
const reads = [0, 0, 0];
await kiosk.storage.local.batchSet({
  get items() {
    ++reads[0];
    return [{
      get key() {
        ++reads[1];
        return 'k';
      },
      get value() {
        return ++reads[2];
      },
    }];
  },
});
equal(reads.join(), '1,1,1', 'readings');
equal((await kiosk.storage.local.get({key: 'k'})).value, 1, 'what was stored');
