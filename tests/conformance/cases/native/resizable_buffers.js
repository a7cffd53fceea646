/*---
id: NATIVE-114
title: a buffer that is made smaller while it is read gives no byte beyond its end
level: 2
refs: ["SBX-NATIVE-012"]
grants: none
expect: ok
---*/
// Engines without resizable buffers have nothing to attack.
const buffer = new ArrayBuffer(4096, {maxByteLength: 1 << 16});
const bytes = new Uint8Array(buffer).fill(97);
if (buffer.resizable) {
  let text = '';
  try {
    text = new TextDecoder().decode(bytes, {
      get stream() {
        buffer.resize(16);
        return false;
      },
    });
  } catch (error) {
    equal(error instanceof TypeError, true, 'a TypeError');
  }
  assert(text === '' || /^a+$/.test(text), 'nothing but the buffer was read');
} else {
  equal(new TextDecoder().decode(bytes).length, 4096, 'the text');
}
