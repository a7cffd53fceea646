/*---
id: TIME-105
title: there is no shared memory and no worker to build a fine clock of
level: 3
refs: ["SBX-TIME-002", "Schwarz et al. 2017"]
grants: none
expect: ok
---*/
for (const name
         of ['SharedArrayBuffer', 'Worker', 'SharedWorker', 'MessageChannel', 'BroadcastChannel',
             'WebAssembly']) {
  equal(typeof globalThis[name], 'undefined', name);
}
const buffer = new ArrayBuffer(8);
equal(Object.prototype.toString.call(buffer), '[object ArrayBuffer]', 'the kind of a buffer');
