/*---
id: WEB-ABORT-002
title: timeout and any abort as promised
level: 2
grants: none
expect: ok
---*/
const signal = AbortSignal.timeout(5);
await new Promise((resolve) => signal.addEventListener('abort', resolve));
equal(signal.reason.name, 'TimeoutError', 'reason');
const a = new AbortController();
const b = new AbortController();
const any = AbortSignal.any([a.signal, AbortSignal.any([b.signal])]);
let seen = 0;
any.addEventListener('abort', () => ++seen);
b.abort('b');
a.abort('a');
equal(`${seen} ${any.reason}`, '1 b', 'any');
equal(AbortSignal.any([a.signal]).aborted, true, 'of an aborted one');
