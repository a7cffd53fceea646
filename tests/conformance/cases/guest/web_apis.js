/*---
id: GST-008
title: the web's common functions work as pages know them
level: 1
template: true
grants: none
expect: ok
---*/
const url = new URL('../c?x=1&y=%20#h', 'https://user@example.org:8443/a/b');
equal(url.href, 'https://user@example.org:8443/c?x=1&y=%20#h', 'URL');
equal(new URLSearchParams('a=1&b=2&a=3').getAll('a').join(), '1,3', 'URLSearchParams');
equal(
    new TextDecoder().decode(new TextEncoder().encode('Посылка 📦')), 'Посылка 📦',
    'UTF-8 there and back');
equal(atob(btoa('binary\x00\xff')), 'binary\x00\xff', 'base64 there and back');
await fails('InvalidCharacterError', () => btoa('ж'));
const cyclic = {
  map: new Map([[1, new Date(0)]])
};
cyclic.self = cyclic;
const copy = structuredClone(cyclic);
assert(copy !== cyclic && copy.self === copy && copy.map.get(1).getTime() === 0, 'structuredClone');
await fails('DataCloneError', () => structuredClone(() => {}));
const order = [];
setTimeout(() => order.push('timer'), 0);
queueMicrotask(() => order.push('microtask'));
await new Promise(resolve => setTimeout(resolve, 5));
equal(order.join(), 'microtask,timer', 'order');
const controller = new AbortController();
let aborted = '';
controller.signal.addEventListener('abort', event => aborted = event.type);
controller.abort();
equal(aborted, 'abort', 'AbortSignal');
equal(controller.signal.reason.name, 'AbortError', 'the reason');
assert(
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(
        crypto.randomUUID()),
    'randomUUID');
assert(crypto.getRandomValues(new Uint8Array(64)).some(byte => byte !== 0), 'getRandomValues');
