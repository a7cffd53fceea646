/*---
id: MOD-132
title: the comment of a source map is not followed
level: 1
refs: ["SBX-MOD"]
grants: none
files: { one.js: "export const one = 1;\n//#
    sourceMappingURL=https://example.org/one.js.map\n//# sourceURL=file:///etc/passwd" }
expect: { outcome: ok, host: { calls: [] } }
---*/
const {one} = await import('./one.js');
equal(one, 1, 'the module');
