/*---
id: MOD-162
title: a module that imports by an empty part or a slash at the end is not loaded
level: 1
refs: ["SBX-MOD"]
grants: none
raw: true
files: { one.js: "export const one = 1;" }
expect: { ended: error, detail: "the package has no such file" }
---*/
import {one} from './/one.js';
kiosk.close(one);
