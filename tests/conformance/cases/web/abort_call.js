/*---
id: WEB-ABORT-003
title: a call whose signal aborts settles as cancelled, before or after it is sent
level: 2
grants: none
expect: ok
---*/
await fails('cancelled', () => kiosk.call('no.such', {}, { signal: AbortSignal.abort() }));
const controller = new AbortController();
const call = kiosk.call('no.such', {}, { signal: controller.signal });
controller.abort();
const error = await fails('cancelled', () => call);
equal(error.errno, 107, 'errno');
await fails('invalid_params', () => kiosk.call('no.such', {}, { signal: { aborted: true } }));
