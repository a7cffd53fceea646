/*---
id: ID-105
title: a nonce with line breaks, separators or quotes is refused
level: 5
guards: [gate.schema]
refs: ["SBX-ID-003", "CWE-93"]
grants: all
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const codeChallenge = 'x'.repeat(43);
for (const nonce
         of ['n'.repeat(16) + '\nadmin=1', 'n'.repeat(16) + '&a=b', 'n'.repeat(15), 'n'.repeat(129),
             'n'.repeat(16) + '"']) {
  await fails(
      'invalid_params', () => kiosk.identity.login({codeChallenge, nonce, scopes: ['openid']}));
}
