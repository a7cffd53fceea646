/*---
id: PERM-103
title: "a permission has one spelling: no case, dot, NUL, star or look-alike stands for it"
level: 4
refs: ["SBX-PERM-004"]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const name
         of ['identity.basic\u0000', 'Identity.Basic', 'identity.basic.', ' identity.basic',
             '\u0456dentity.basic', 'identity.*', '*', 'identity', '__proto__', 'constructor',
             'identity.basic,payments.charge', 'identity.basic\n']) {
  await fails('invalid_params', () => kiosk.consent.query({names: [name]}));
}
