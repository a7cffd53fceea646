/*---
id: NATIVE-111
title: a buffer cannot be transferred twice in one list
level: 2
refs: ["SBX-NATIVE-004", "GHSA-864f-rcv7-6rh4"]
grants: none
expect: ok
---*/
const buffer = new ArrayBuffer(8);
await fails('DataCloneError', () => structuredClone(buffer, {transfer: [buffer, buffer]}));
equal(buffer.byteLength, 8, 'the buffer is whole');
await fails('DataCloneError', () => structuredClone({}, {transfer: [{}]}));
await fails('DataCloneError', () => structuredClone({}, {transfer: [new Uint8Array(8)]}));
