/*---
id: NET-005
title: an app that rewrites built-ins and classes changes nothing in what fetch asks
level: 2
grants: all
manifest: { network: { domains: ["https://api.example.org"], reason: Prices } }
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
await fails('TypeError', () => {
  Headers.prototype.get = () => 'x';
});
await fails('TypeError', () => {
  Request.prototype.url = 'x';
});
class Sly extends Request {
  get url() {
    return 'https://api.example.org/';
  }
}
const error = await fails('TypeError', () => fetch(new Sly('https://evil.example/')));
equal(error.cause.code, 'domain_not_allowed', 'the address that was checked');
let reads = 0;
const moving = {
  toString: () => (++reads === 1 ? 'https://evil.example/' : 'https://api.example.org/'),
};
equal((await fails('TypeError', () => fetch(moving))).cause.code, 'domain_not_allowed', 'moving');
equal(reads, 1, 'reads');
