/*---
id: REALM-142
title: an event of the user's leads to no object outside the app's tree
level: 1
grants: none
steps: [ { tap: "Go" } ]
expect: ok
---*/
const event = await new Promise(resolve => {
  const button = document.createElement('button');
  button.textContent = 'Go';
  button.addEventListener('click', resolve);
  document.body.append(button);
});
equal(event.isTrusted, true, 'the event is the user\'s');
for (let at = event; at !== null; at = Object.getPrototypeOf(at)) {
  for (const key of Reflect.ownKeys(at)) {
    let value;
    try {
      value = event[key];
    } catch {
      continue;
    }
    if (typeof value !== 'function') continue;
    equal(value instanceof Function, true, `${String(key)} is of this realm`);
  }
}
