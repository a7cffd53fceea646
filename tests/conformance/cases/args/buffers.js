/*---
id: ARGS-112
title: buffers and views of them are refused, detached or not
level: 2
refs: ["SBX-ARGS-003", "SBX-NATIVE-012"]
grants: none
control: naive
expect: { outcome: ok, host: { calls: [] } }
---*/
const gone = new ArrayBuffer(8);
structuredClone(gone, {transfer: [gone]});
for (const value
         of [new ArrayBuffer(8), new Uint8Array(8), new DataView(new ArrayBuffer(8)),
             new Float64Array(2), gone, new BigInt64Array(1)]) {
  await fails('invalid_params', () => kiosk.storage.local.set({key: 'k', value}));
}
