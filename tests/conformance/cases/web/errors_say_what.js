/*---
id: WEB-DOMX-021
title: an error about a name or an address says which one it was given
level: 2
grants: none
expect: ok
---*/
const says = async (name, action, part) => {
  let error;
  try {
    await action();
  } catch (caught) {
    error = caught;
  }
  equal(error?.name, name, part);
  assert(error.message.includes(part), `"${error.message.slice(0, 300)}" names ${part}`);
  assert(error.message.length < 200, `what is said of ${part} is short`);
};
const long = 'x'.repeat(100_000);
const node = document.createElement('text');
await says('BridgeError', () => kiosk.call('payments_request'), "'payments_request'");
await says('BridgeError', () => kiosk.call(long), `'${'x'.repeat(60)}…'`);
await says('InvalidCharacterError', () => node.setAttribute('a b', '1'), "'a b'");
await says('InvalidCharacterError', () => node.setAttribute(long, '1'), `'${'x'.repeat(60)}…'`);
await says('InvalidCharacterError', () => document.createElement('<div>'), "'<div>'");
await says('TypeError', () => fetch('/api/orders'), "'/api/orders'");
await says('TypeError', () => new Request(`/${long}`), `'/${'x'.repeat(59)}…'`);
