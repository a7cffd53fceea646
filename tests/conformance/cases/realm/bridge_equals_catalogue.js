/*---
id: REALM-118
title: the bridge's namespaces hold the methods of the catalogue and not one more
level: 1
refs: ["arXiv 2306.08134", "SBX-PERM-006"]
grants: none
expect: ok
---*/
const helpers = new Set(['call', 'on', 'off', 'supports', 'close', 'BridgeError']);
const extra = [];
const walk = (object, path) => {
  for (const key of Reflect.ownKeys(object)) {
    const name = [...path, String(key)].join('.');
    const value = object[key];
    if (helpers.has(name) || name.startsWith('launch')) continue;
    if (typeof value === 'function' && !kiosk.supports(name)) extra.push(name);
    if (typeof value === 'object' && value !== null) walk(value, [...path, String(key)]);
  }
};
walk(kiosk, []);
equal(extra.join(), '', 'functions beside the catalogue');
