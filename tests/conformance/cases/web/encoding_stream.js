/*---
id: WEB-ENC-002
title: a character cut in two by a stream is put together
level: 2
grants: none
expect: ok
---*/
const bytes = new TextEncoder().encode('д💶x');
for (const cut of [1, 2, 3, 4, 5, 6]) {
  const decoder = new TextDecoder();
  const text =
    decoder.decode(bytes.subarray(0, cut), { stream: true }) +
    decoder.decode(bytes.subarray(cut), { stream: true }) +
    decoder.decode();
  equal(text, 'д💶x', `cut at ${cut}`);
}
const open = new TextDecoder();
open.decode(new Uint8Array([0xf0, 0x9f]), { stream: true });
equal(open.decode(), '\ufffd', 'the end of a broken stream');
