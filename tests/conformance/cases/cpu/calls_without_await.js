/*---
id: CPU-134
title: three hundred calls in one turn are bounded by the host and refused as busy
level: 3
refs: ["SBX-CPU-023", "SBX-NATIVE-013"]
grants: none
tier: jit
expect: ok
---*/
const codes = new Map();
const calls = [];
for (let i = 0; i < 300; ++i) {
  calls.push(kiosk.host.info({})
                 .then(() => 'ok', error => error.code)
                 .then(code => codes.set(code, (codes.get(code) ?? 0) + 1)));
}
await Promise.all(calls);
assert(codes.get('busy') > 0, 'some were refused as busy');
assert(codes.get('ok') >= 64, `the others were answered: ${codes.get('ok')}`);
equal(codes.size, 2, 'kinds of outcomes');
