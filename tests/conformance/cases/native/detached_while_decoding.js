/*---
id: NATIVE-109
title: a buffer that an option's getter detaches is not read
level: 2
refs: ["SBX-NATIVE-004"]
grants: none
expect: ok
---*/
const buffer = new ArrayBuffer(64);
const bytes = new Uint8Array(buffer).fill(97);
let text = '';
try {
  text = new TextDecoder().decode(bytes, {
    get stream() {
      structuredClone(buffer, {transfer: [buffer]});
      return false;
    },
  });
} catch (error) {
  equal(error.name, 'TypeError', 'what was thrown');
}
equal(buffer.byteLength, 0, 'the buffer was detached');
assert(text === '' || text === 'a'.repeat(64), `nothing else was read: ${text}`);
