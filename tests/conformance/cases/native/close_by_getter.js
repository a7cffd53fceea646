/*---
id: NATIVE-124
title: a getter that closes the session while a call is read ends it as closed
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
raw: true
expect: { ended: closed, host: { callsOk: 0 } }
---*/
kiosk.storage.local
    .set({
      key: 'k',
      get value() {
        kiosk.close();
        return 'too late';
      },
    })
    .catch(() => {});
setTimeout(() => {}, 60000);
