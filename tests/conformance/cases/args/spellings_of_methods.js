/*---
id: ARGS-149
title: "a method has one spelling: no case, space, dot, escape or look-alike reaches it"
level: 2
refs: ["SBX-PERM-004"]
grants: none
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const name
         of ['host.info ', ' host.info', 'Host.Info', 'host..info', 'host.info.', '.host.info',
             'host.info\u0000', 'h\u043est.info', 'host\uff0einfo', 'host/info', 'host.\u200binfo',
             'kiosk.host.info', 'host.info()', '__proto__', 'constructor', 'host.constructor']) {
  await fails('unsupported', () => kiosk.call(name, {}));
}
