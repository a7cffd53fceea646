/*---
id: NET-003
title: an address that hides its host is none
level: 2
grants: all
manifest: { network: { domains: ["https://api.example.org"], reason: Prices } }
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const url of [
  'https://api.example.org@evil.example/',
  'https://api.example.org\\@evil.example/',
  'https://api.example.org./',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'ftp://api.example.org/',
  'file:///etc/passwd',
]) {
  await fails('invalid_params', () => kiosk.net.fetch({ url }));
}
