/*---
id: TIME-109
title: the time zone is UTC for every app, whatever the machine has
level: 3
refs: ["SBX-TIME-007"]
grants: none
expect: ok
---*/
equal(new Intl.DateTimeFormat().resolvedOptions().timeZone, 'UTC', 'the zone');
for (const month of [0, 6]) {
  equal(new Date(2025, month, 1).getTimezoneOffset(), 0, 'the offset');
}
equal(new Date(0).getHours(), 0, 'hours');
