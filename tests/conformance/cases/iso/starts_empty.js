/*---
id: ISO-104
title: a new app finds nothing in its storage, receipts, subscriptions and use
level: 4
refs: ["SBX-ISO-003"]
grants: all
expect: ok
---*/
equal((await kiosk.storage.local.keys({})).keys.length, 0, 'storage.local');
equal((await kiosk.storage.secure.keys({})).keys.length, 0, 'storage.secure');
equal((await kiosk.consent.receipts({})).length, 0, 'receipts');
equal((await kiosk.payments.subscriptions({})).subscriptions.length, 0, 'subscriptions');
equal((await kiosk.host.quota({})).privacy.used, 0, 'privacy points');
