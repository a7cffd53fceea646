/*---
id: WEB-KIOSK-004
title: a call rejects and never throws, whatever it is given
level: 2
grants: none
expect: ok
---*/
const bomb = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('trap');
    },
  },
);
const own = await kiosk.call('no.such', bomb).then(
  () => undefined,
  (error) => error,
);
equal(own.message, 'trap', 'the error of the trap');
const thrown = [];
for (const method of [
  undefined,
  null,
  {},
  Symbol.iterator,
  {
    toString() {
      throw new Error('text');
    },
  },
]) {
  let promise;
  try {
    promise = kiosk.call(method);
  } catch {
    thrown.push(String(method));
    continue;
  }
  await promise.catch(() => {});
}
equal(thrown.length, 0, 'calls that threw');
