/*---
id: TIME-108
title: nothing tells the processor, memory, battery, screen or network of the device
level: 3
refs: ["SBX-TIME-007"]
grants: none
expect: ok
---*/
for (const name
         of ['hardwareConcurrency', 'deviceMemory', 'getBattery', 'connection', 'platform',
             'plugins', 'mediaDevices', 'geolocation', 'oscpu', 'vendor', 'webdriver']) {
  equal(navigator[name], undefined, `navigator.${name}`);
}
for (const name
         of ['screen', 'devicePixelRatio', 'innerWidth', 'matchMedia', 'visualViewport',
             'speechSynthesis', 'AudioContext', 'OffscreenCanvas', 'FontFace']) {
  equal(globalThis[name], undefined, name);
}
