/*---
id: NATIVE-163
title: a buffer that is detached, before a clone or by a getter during it, is a DataCloneError
level: 2
refs: ["SBX-NATIVE-004", "GHSA-864f-rcv7-6rh4"]
grants: none
expect: ok
---*/
const detach = buffer => structuredClone(buffer, {transfer: [buffer]});
const refused = async action => {
  const error = await fails('DataCloneError', action);
  assert(error instanceof DOMException, 'it is a DOMException');
};

const gone = new ArrayBuffer(8);
const view = new Uint8Array(gone);
detach(gone);
await refused(() => structuredClone(gone));
await refused(() => structuredClone(view));
await refused(() => structuredClone({a: [gone]}));
await refused(() => structuredClone(1, {transfer: [gone]}));
await refused(() => structuredClone(gone, {transfer: [gone]}));
const empty = new ArrayBuffer(0);
detach(empty);
await refused(() => structuredClone(1, {transfer: [empty]}));

for (const make of [b => b, b => new Uint8Array(b, 4, 8), b => new DataView(b, 1)]) {
  for (const moves of [true, false]) {
    const buffer = new ArrayBuffer(1 << 12);
    const kept = new ArrayBuffer(16);
    const value = {
      get early() {
        detach(buffer);
        return 1;
      },
      late: make(buffer),
    };
    await refused(() => structuredClone(value, {transfer: moves ? [kept, buffer] : [kept]}));
    equal(kept.byteLength, 16, 'the other buffer stays where it was');
  }
}
