/*---
id: MOD-135
title: a byte order mark at the begin of a module is skipped, and one inside is a space
level: 1
grants: none
files: { bom.js: "\ufeffexport const a = 1;", inside.js: "export\ufeffconst b = 2;" }
expect: ok
---*/
equal((await import('./bom.js')).a, 1, 'at the begin');
equal((await import('./inside.js')).b, 2, 'inside');
