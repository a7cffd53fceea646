/*---
id: NATIVE-108
title: web classes cannot be called without new
level: 2
refs: ["SBX-NATIVE-003", "Web IDL 3.7.1"]
grants: none
expect: ok
---*/
for (const name
         of ['URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'Event', 'EventTarget',
             'AbortController', 'Headers', 'Request', 'Response', 'BridgeError']) {
  await fails('TypeError', () => globalThis[name]('https://example.org/'));
}
for (const name of ['Node', 'Element', 'Crypto', 'Navigator', 'Performance', 'AbortSignal']) {
  await fails('TypeError', () => new globalThis[name]());
}
