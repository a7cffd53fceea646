/*---
id: GST-002
title: there is no WebAssembly, no shared memory and no way to block the thread
level: 1
template: true
grants: none
expect: ok
---*/
equal(typeof WebAssembly, 'undefined', 'typeof WebAssembly');
equal(typeof SharedArrayBuffer, 'undefined', 'typeof SharedArrayBuffer');
if (typeof Atomics !== 'undefined' && typeof Atomics.wait === 'function') {
  await fails('TypeError', () => Atomics.wait(new Int32Array(4), 0, 0, 10));
}
