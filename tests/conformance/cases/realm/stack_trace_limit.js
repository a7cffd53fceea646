/*---
id: REALM-110
title: an endless stackTraceLimit shows no frame and no path of the host
level: 1
refs: ["SBX-REALM-008"]
grants: none
expect: ok
---*/
Error.stackTraceLimit = Infinity;
let stack = '';
const deep = n => {
  if (n > 0) return deep(n - 1);
  kiosk
      .call('no.such', {
        get x() {
          stack = new Error('inside').stack;
          return 1;
        }
      })
      .catch(() => {});
};
deep(50);
const frames = stack.split('\n').slice(1);
assert(frames.length > 50, 'all frames are there');
for (const frame of frames) {
  assert(/app:\/\/|kiosk:bootstrap|<anonymous>/.test(frame), `${frame} is the app's or the web's`);
  assert(!/file:|\/usr\/|\/tmp\/|\.cc/.test(frame), `${frame} names no path of the host`);
}
