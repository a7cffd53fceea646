/*---
id: REALM-136
title: no property of the bridge is an accessor, writable or configurable
level: 1
refs: ["vm2 ATTACKS 15"]
control: naive
grants: none
expect: ok
---*/
const loose = [];
const walk = (object, path) => {
  for (const [key, each] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    const name = `${path}.${key}`;
    const isAccessor = each.get !== undefined && key !== 'language' && key !== 'launch';
    if (isAccessor || each.writable || each.configurable) loose.push(name);
    if (typeof each.value === 'object' && each.value !== null) walk(each.value, name);
  }
};
walk(kiosk, 'kiosk');
equal(loose.join(), '', 'loose properties');
