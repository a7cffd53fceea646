/*---
id: NET-001
title: an app that declares no network reaches no server, by fetch or by the bridge
level: 2
guards: [net.origin]
grants: all
control: naive
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const url of ['https://example.org/', 'https://127.0.0.1/', 'https://localhost/']) {
  const error = await fails('TypeError', () => fetch(url));
  equal(error.cause.code, 'domain_not_allowed', url);
  equal(error.cause.errno, 600, 'errno');
  await fails('domain_not_allowed', () => kiosk.net.fetch({ url }));
}
