/*---
id: NATIVE-137
title: a call after the close of the session is not carried out
level: 2
refs: ["SBX-NATIVE-009"]
grants: none
raw: true
expect: { ended: closed, host: { callsOk: 0 } }
---*/
kiosk.close();
Promise.resolve().then(() => kiosk.storage.local.set({key: 'k', value: 1})).catch(() => {});
setTimeout(() => kiosk.storage.local.set({key: 'k', value: 1}).catch(() => {}), 1000);
