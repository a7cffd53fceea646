/*---
id: NATIVE-103
title: methods of web classes throw in the app on every wrong receiver
level: 2
refs: ["SBX-NATIVE-001", "Web IDL 3.7.7"]
grants: none
expect: ok
---*/
const classes = [
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'Headers',
  'Request',
  'Response',
  'AbortController',
  'AbortSignal',
  'EventTarget',
  'Event',
  'Node',
  'Element',
  'Document',
  'Crypto',
];
let crossed = 0;
for (const name of classes) {
  const {prototype} = globalThis[name];
  for (const [key, {value}] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== 'function' || key === 'constructor') continue;
    for (const receiver of [{}, Object.create(prototype), new Proxy(new Date(), {})]) {
      try {
        const result = Reflect.apply(value, receiver, []);
        if (result instanceof Promise) await result;
      } catch (error) {
        ++crossed;
        equal(error instanceof Error, true, `${name}.${key}: an error of this realm`);
      }
    }
  }
}
assert(crossed > 50, `refusals: ${crossed}`);
