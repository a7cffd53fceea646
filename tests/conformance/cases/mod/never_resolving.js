/*---
id: MOD-124
title: an import that waits for ever holds up nobody but those who wait for it
level: 1
grants: none
files: { never.js: "await new Promise(() => {}); export const a = 1;", one.js: "export const
    one = 1;" }
expect: ok
---*/
let came = false;
import('./never.js').then(() => came = true);
equal((await import('./one.js')).one, 1, 'another import');
await new Promise(resolve => setTimeout(resolve, 20));
equal(came, false, 'it never came');
