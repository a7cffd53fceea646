/*---
id: NATIVE-165
title: a symbol in the place of a text and a BigInt in that of a number throw a TypeError
level: 2
refs: ["SBX-NATIVE-007"]
grants: none
expect: ok
---*/
const symbol = Symbol('s');
const node = document.createElement('input');
const texts = [
  () => node.setAttribute('title', symbol), () => node.setAttribute(symbol, 'a'),
  () => node.getAttribute(symbol), () => (node.title = symbol), () => (node.id = symbol),
  () => (node.className = symbol), () => node.classList.add(symbol), () => (node.value = symbol),
  () => (node.textContent = symbol), () => node.append(symbol), () => node.matches(symbol),
  () => document.createElement(symbol), () => document.createTextNode(symbol),
  () => document.getElementById(symbol), () => (document.title = symbol), () => new Event(symbol),
  () => node.addEventListener(symbol, () => {}), () => addEventListener(symbol, () => {}),
  () => new TextEncoder().encode(symbol), () => new TextDecoder(symbol), () => btoa(symbol),
  () => atob(symbol), () => new URL(symbol), () => new URLSearchParams().append(symbol, 'a'),
  () => new Headers().append('a', symbol), () => new Response(symbol),
  () => new DOMException(symbol)
];
for (const action of texts) {
  const error = await fails('TypeError', action);
  equal(error.constructor === TypeError, true, `${action}: a TypeError of this realm`);
}
equal(node.hasAttributes(), false, 'attributes that were set');

let ran = 0;
for (const delay of [1n, 0n, symbol, Object(1n)]) {
  for (const timer of [setTimeout, setInterval]) {
    await fails('TypeError', () => timer(() => ++ran, delay));
  }
  await fails('TypeError', () => clearTimeout(delay));
  await fails('TypeError', () => AbortSignal.timeout(delay));
  await fails('TypeError', () => (node.tabIndex = delay));
}
await new Promise(resolve => setTimeout(resolve, 20));
equal(ran, 0, 'timers that ran');
equal(String(symbol), 'Symbol(s)', 'the language itself');
