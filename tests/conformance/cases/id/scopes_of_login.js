/*---
id: ID-106
title: a log-in without openid, with unknown scopes or a plain challenge is refused
level: 5
refs: ["RFC 7636 4.2", "OIDC Core 3.1.2.1"]
grants: all
control: naive
expect: { outcome: ok, host: { consentsAsked: 0, callsOk: 0 } }
---*/
const nonce = 'n'.repeat(16);
for (const params of
         [{codeChallenge: 'x'.repeat(43), nonce, scopes: ['phone']},
          {codeChallenge: 'x'.repeat(43), nonce, scopes: []},
          {codeChallenge: 'x'.repeat(42), nonce, scopes: ['openid']},
          {codeChallenge: 'x'.repeat(43), nonce, scopes: ['openid', 'openid', 'profile']},
          {codeChallenge: 'x'.repeat(43), nonce, scopes: ['openid'], codeChallengeMethod: 'plain'},
]) {
  await fails('invalid_params', () => kiosk.identity.login(params));
}
