/*---
id: NET-002
title: http goes nowhere, not even to a declared host
level: 2
grants: all
manifest: { network: { domains: ["https://api.example.org"], reason: Prices } }
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const url of ['http://api.example.org/', 'http://127.0.0.1:1/', 'http://localhost:1/']) {
  const error = await fails('TypeError', () => fetch(url));
  equal(error.cause.code, 'insecure_scheme', url);
}
await fails('domain_not_allowed', () => kiosk.net.fetch({ url: 'https://api.example.org:444/' }));
await fails('domain_not_allowed', () => kiosk.net.fetch({ url: 'https://a.api.example.org/' }));
