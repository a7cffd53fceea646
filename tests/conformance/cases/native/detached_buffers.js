/*---
id: NATIVE-110
title: natives take a detached buffer for an empty one or refuse it
level: 2
refs: ["SBX-NATIVE-004"]
grants: none
expect: ok
---*/
const buffer = new ArrayBuffer(64);
const bytes = new Uint8Array(buffer);
const view = new DataView(buffer);
structuredClone(buffer, {transfer: [buffer]});
const attempt = action => {
  try {
    return action();
  } catch (error) {
    equal(error.constructor === TypeError, true, 'a TypeError of this realm');
    return 0;
  }
};
equal(attempt(() => new TextDecoder().decode(bytes).length), 0, 'decode');
equal(attempt(() => new TextEncoder().encodeInto('abc', bytes).written), 0, 'encodeInto');
equal(attempt(() => view.getInt8(0)), 0, 'getInt8');
equal(attempt(() => crypto.getRandomValues(bytes).length), 0, 'getRandomValues');
