/*---
id: REALM-117
title: every function that can be reached from the global object is of the app's realm
level: 1
refs: ["SBX-REALM-002"]
control: naive
grants: none
expect: ok
---*/
const seen = new Set();
const queue = [globalThis];
const foreign = [];
const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
const prototypes = new Set(kinds.map(kind => Object.getPrototypeOf(kind)));
const isOfRealm = each => {
  for (let at = each; at !== null; at = Object.getPrototypeOf(at)) {
    if (prototypes.has(at)) return true;
  }
  return each === Function.prototype;
};
while (queue.length > 0) {
  const value = queue.pop();
  const isObject = typeof value === 'object' && value !== null || typeof value === 'function';
  if (!isObject || seen.has(value)) continue;
  seen.add(value);
  if (typeof value === 'function' && !isOfRealm(value)) foreign.push(value.name);
  queue.push(Object.getPrototypeOf(value));
  for (const {value: inner, get, set} of Object.values(Object.getOwnPropertyDescriptors(value))) {
    queue.push(inner, get, set);
  }
}
assert(seen.size > 1000, 'the walk went far');
equal(foreign.join(), '', 'functions of another realm');
