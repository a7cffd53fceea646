/*---
id: ARGS-106
title: a message of exactly the allowed depth arrives, and one level more does not
level: 2
refs: ["SBX-ARGS-002"]
grants: none
budget: { depth: 8 }
expect: ok
---*/
const nested = n => (n === 0 ? 1 : [nested(n - 1)]);
const codes = [];
for (let n = 1; n < 12; ++n) {
  codes.push(await kiosk.storage.local.set({key: 'k', value: nested(n)})
                 .then(() => 'ok', error => error.code));
}
const last = codes.lastIndexOf('ok');
assert(last >= 3 && last <= 8, `the last depth that arrived: ${last}`);
equal(codes.slice(0, last + 1).every(code => code === 'ok'), true, 'all below arrive');
equal(codes.slice(last + 1).every(code => code === 'payload_too_large'), true, 'none above');
