/*---
id: REALM-135
title: errors that native code throws are of the app's realm
level: 1
refs: ["vm2 ATTACKS 4"]
control: naive
grants: none
expect: ok
---*/
const thrown = action => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};
const errors = [
  [thrown(() => new URL('no address')), TypeError],
  [thrown(() => new TextDecoder('no-such-encoding')), RangeError],
  [thrown(() => new TextDecoder('utf-8', {fatal: true}).decode(new Uint8Array([255]))), TypeError],
  [thrown(() => crypto.getRandomValues(new Uint8Array(70000))), DOMException],
  [thrown(() => structuredClone(() => {})), DOMException],
  [thrown(() => atob('*')), DOMException],
  [thrown(() => queueMicrotask(1)), TypeError],
  [thrown(() => setTimeout('1')), TypeError],
];
errors.forEach(([error, kind], index) => {
  equal(error?.constructor === kind, true, `the class of error ${index}`);
});
