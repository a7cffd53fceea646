/*---
id: CONS-104
title: twenty questions at once become one sheet, and one answer serves them
level: 4
refs: ["SBX-CONS-003"]
grants: ask
steps: [ { consent: grant } ]
control: naive
expect: { outcome: ok, host: { consentsAsked: 1 } }
---*/
const codes = await Promise.all(Array.from(
    {length: 20}, () => kiosk.identity.userinfo({}).then(() => 'ok', error => error.code)));
const kinds = new Set(codes);
assert(kinds.has('ok'), 'some were answered');
kinds.delete('ok');
kinds.delete('busy');
kinds.delete('rate_limited');
equal(kinds.size, 0, `other outcomes: ${[...kinds]}`);
