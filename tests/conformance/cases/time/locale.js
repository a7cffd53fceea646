/*---
id: TIME-110
title: the language of Intl is the same for every app and tells nothing of the machine
level: 3
refs: ["SBX-TIME-007"]
grants: none
expect: ok
---*/
const locales = [Intl.DateTimeFormat, Intl.NumberFormat, Intl.Collator].map(
    kind => new kind().resolvedOptions().locale);
equal(new Set(locales).size, 1, 'languages');
equal(locales[0], 'en-US', 'the language');
equal((1234.5).toLocaleString(), '1,234.5', 'a number');
