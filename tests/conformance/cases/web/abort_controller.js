/*---
id: WEB-ABORT-001
title: a controller aborts its signal once, with its reason
level: 2
grants: none
expect: ok
---*/
const controller = new AbortController();
let events = 0;
controller.signal.onabort = () => ++events;
controller.abort('why');
controller.abort('again');
equal(`${events} ${controller.signal.reason}`, '1 why', 'events and reason');
let thrown;
try {
  controller.signal.throwIfAborted();
} catch (error) {
  thrown = error;
}
equal(thrown, 'why', 'throwIfAborted');
equal(AbortSignal.abort().reason.name, 'AbortError', 'the default reason');
await fails('TypeError', () => new AbortSignal());
