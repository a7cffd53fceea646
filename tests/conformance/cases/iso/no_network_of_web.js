/*---
id: ISO-103
title: no way to the network is there but fetch
level: 4
refs: ["SBX-NET"]
grants: none
expect: ok
---*/
for (const name
         of ['XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'RTCPeerConnection',
             'Image', 'importScripts', 'FontFace', 'Audio']) {
  equal(typeof globalThis[name], 'undefined', name);
}
for (const name
         of ['sendBeacon', 'serviceWorker', 'registerProtocolHandler', 'share', 'clipboard']) {
  equal(navigator[name], undefined, name);
}
