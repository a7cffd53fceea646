/*---
id: NET-004
title: an app cannot set a header that is the host's, nor break a header's line
level: 2
guards: [net.headers]
grants: all
manifest: { network: { domains: ["https://api.example.org"], reason: Prices } }
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
const url = 'https://api.example.org/';
for (const name of ['Host', 'Cookie', 'Origin', 'Connection', 'Sec-Fetch-Site']) {
  const error = await fails('TypeError', () => fetch(url, { headers: { [name]: 'x' } }));
  equal(error.cause.code, 'invalid_params', name);
}
const split = [{ name: 'X-Mine', value: 'a\r\nHost: evil' }];
await fails('invalid_params', () => kiosk.net.fetch({ url, headers: split }));
await fails('TypeError', () => fetch(url, { headers: { 'X-Mine': 'a\r\nHost: evil' } }));
