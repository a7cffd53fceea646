/*---
id: MOD-102
title: no builtin of another platform can be imported by any of its names
level: 1
refs: ["vm2 ATTACKS 21"]
grants: none
expect: ok
---*/
for (const name
         of ['node:fs', 'fs', 'child_process', 'node:vm', 'worker_threads', 'process', 'module',
             'node:process', 'inspector', 'wasi', 'bun:ffi', 'npm:left-pad', 'jsr:@std/fs',
             'cloudflare:sockets', 'std', 'os', 'kiosk', 'kiosk:bootstrap', 'v8:internal']) {
  await fails('TypeError', () => import(name));
}
