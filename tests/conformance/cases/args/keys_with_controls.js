/*---
id: ARGS-137
title: a key with control characters or changes of direction is refused
level: 2
refs: ["CVE-2021-42574"]
grants: none
control: naive
expect: ok
---*/
for (const key of ['a\n', '\u001b[2J', '\u202eevil', 'a\u2066b', '\u007f', '\u0085', 'a\u2069']) {
  await fails('key_invalid', () => kiosk.storage.local.set({key, value: 1}));
}
equal((await kiosk.storage.local.keys({})).keys.length, 0, 'keys');
