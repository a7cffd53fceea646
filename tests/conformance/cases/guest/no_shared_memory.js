/*---
id: GST-002
promise: there is no WebAssembly, no shared memory and no way to block the thread
grants: none
expect: ok
---*/
equal(typeof WebAssembly, 'undefined', 'typeof WebAssembly');
equal(typeof SharedArrayBuffer, 'undefined', 'typeof SharedArrayBuffer');
if (typeof Atomics !== 'undefined' && typeof Atomics.wait === 'function') {
  await fails('TypeError', () => Atomics.wait(new Int32Array(4), 0, 0, 10));
}
