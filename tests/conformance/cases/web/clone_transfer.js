/*---
id: WEB-CLONE-003
title: a transferred buffer moves and is empty where it was
level: 2
grants: none
expect: ok
---*/
const buffer = new Uint8Array([1, 2, 3]).buffer;
const { moved } = structuredClone({ moved: buffer }, { transfer: [buffer] });
equal(`${buffer.byteLength} ${moved.byteLength}`, '0 3', 'lengths');
await fails('DataCloneError', () => structuredClone(1, { transfer: [moved, moved] }));
await fails('DataCloneError', () => structuredClone(1, { transfer: [{}] }));
