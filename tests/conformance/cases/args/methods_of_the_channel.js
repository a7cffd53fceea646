/*---
id: ARGS-148
title: an app cannot call the messages of the channel beneath the bridge
level: 2
refs: ["SBX-PERM-006", "arXiv 2306.08134"]
grants: none
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const name
         of ['rpc.cancel', 'view.patch', 'rpc.discover', 'log', 'log.line', 'started', 'ended',
             'session.close', 'host.event', 'guest.ready', '$/cancelRequest', 'exit']) {
  await fails('unsupported', () => kiosk.call(name, {}));
}
