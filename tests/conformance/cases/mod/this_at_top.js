/*---
id: MOD-121
title: this is undefined at the top of a module and in a plain call
level: 1
refs: ["SBX-REALM"]
grants: none
files: { one.js: "export const top = typeof this; export const call = (function() { return
    typeof this; })();" }
expect: ok
---*/
import {call, top} from './one.js';
equal(top, 'undefined', 'at the top');
equal(call, 'undefined', 'in a call');
