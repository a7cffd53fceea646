/*---
id: WEB-ENC-001
title: UTF-8 is written and read with replacement of what is broken
level: 2
grants: none
expect: ok
---*/
const bytes = new TextEncoder().encode('aя€💶\ud800');
equal([...bytes].join(' '), '97 209 143 226 130 172 240 159 146 182 239 191 189', 'bytes');
equal(
  new TextDecoder().decode(new Uint8Array([0xf0, 0x9f, 0x41, 0xff])),
  '\ufffdA\ufffd',
  'replaced',
);
await fails('TypeError', () =>
  new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([0xc0])),
);
equal(
  new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x41])),
  'A',
  'the mark is dropped',
);
equal(
  new TextDecoder('utf8', { ignoreBOM: true }).decode(new Uint8Array([0xef, 0xbb, 0xbf])),
  '\ufeff',
  'kept',
);
