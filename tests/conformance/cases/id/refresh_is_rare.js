/*---
id: ID-107
title: fresh launch data is given once a minute and is other data each time
level: 5
guards: [gate.methodRate]
refs: ["SBX-ID-002"]
grants: none
expect: ok
---*/
const {launchData} = await kiosk.host.launch({});
const fresh = await kiosk.host.refreshLaunchData({});
assert(fresh.launchData !== launchData, 'other data');
const id = text => new URLSearchParams(text).get('query_id');
assert(id(fresh.launchData) !== id(launchData), 'another id of the query');
await fails('rate_limited', () => kiosk.host.refreshLaunchData({}));
