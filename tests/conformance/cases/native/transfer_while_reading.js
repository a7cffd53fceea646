/*---
id: NATIVE-112
title: a getter that detaches the buffer that is being cloned harms nothing
level: 2
refs: ["SBX-NATIVE-004", "GHSA-864f-rcv7-6rh4"]
grants: none
expect: ok
---*/
const buffer = new ArrayBuffer(1 << 16);
const value = {
  get early() {
    structuredClone(buffer, {transfer: [buffer]});
    return 1;
  },
  late: new Uint8Array(buffer),
};
let outcome;
try {
  outcome = structuredClone(value, {transfer: [buffer]}).late.length;
} catch (error) {
  outcome = error.name;
}
assert([0, 'DataCloneError', 'TypeError', 'Error'].includes(outcome), `it is ${outcome}`);
equal(buffer.byteLength, 0, 'the buffer is gone');
