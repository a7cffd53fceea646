/*---
id: REALM-124
title: a careless deep merge of hostile JSON pollutes no prototype
level: 1
guards: [guest.frozen]
refs: ["CVE-2021-23449", "CWE-1321"]
grants: none
expect: ok
---*/
const merge = (into, from) => {
  for (const key of Object.keys(from)) {
    if (typeof from[key] === 'object') {
      merge(into[key] ??= {}, from[key]);
    } else {
      into[key] = from[key];
    }
  }
};
for (const text of ['{"__proto__": {"admin": true}}', '{"constructor": {"prototype": {"a": 1}}}']) {
  await fails('TypeError', () => merge({}, JSON.parse(text)));
}
equal({}.admin, undefined, 'admin');
equal({}.a, undefined, 'a');
