/*---
id: WEB-ENC-003
title: windows-1251, koi8-r and utf-16le are read
level: 2
grants: none
expect: ok
---*/
const decode = (label, ...bytes) => new TextDecoder(label).decode(new Uint8Array(bytes));
equal(decode('windows-1251', 0xcf, 0xee, 0xf7, 0xf2, 0xe0, 0xb8), 'Почтаё', 'windows-1251');
equal(decode('KOI8-R', 0xf0, 0xcf, 0xde, 0xd4, 0xc1, 0xa3), 'Почтаё', 'koi8-r');
equal(decode('utf-16', 0x1f, 0x04, 0x3d, 0xd8, 0xb6, 0xdc), 'П💶', 'utf-16le');
equal(new TextDecoder(' CP1251 ').encoding, 'windows-1251', 'a label');
await fails('RangeError', () => new TextDecoder('utf-7'));
