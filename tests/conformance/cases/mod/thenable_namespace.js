/*---
id: MOD-123
title: a module that exports then decides about its own import and nothing else
level: 1
refs: ["vm2 ATTACKS 7"]
grants: none
files: { thenable.js: "export const then = resolve => resolve('taken');", one.js: "export
    const one = 1;" }
expect: ok
---*/
equal(await import('./thenable.js'), 'taken', 'its own import');
equal((await import('./one.js')).one, 1, 'another import');
equal((await kiosk.host.info({})).platform, 'linux', 'a call');
