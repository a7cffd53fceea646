/*---
id: WEB-EVENT-022
title: a listener keeps its place, is one with its phase, and comes last when it comes again
level: 2
grants: none
expect: ok
---*/
const target = new EventTarget();
let seen = [];
const name = (text) => () => seen.push(text);
const [a, b, c] = [name('a'), name('b'), name('c')];
const fire = () => {
  seen = [];
  target.dispatchEvent(new Event('x'));
  return seen.join('');
};
target.addEventListener('x', a);
target.addEventListener('x', b, { capture: true });
target.addEventListener('x', c);
target.addEventListener('x', a, { once: true });
target.addEventListener('x', a, true);
equal(fire(), 'baac', 'capturing ones first');
equal(fire(), 'baac', 'adding again changed nothing');
target.removeEventListener('x', a);
target.addEventListener('x', a);
equal(fire(), 'baca', 'the one that came again');
target.removeEventListener('x', a, { capture: true });
equal(fire(), 'bca', 'phases are apart');

// One that is taken away and added again in a phase does not run in that phase.
const other = new EventTarget();
const again = () => {
  other.removeEventListener('x', c);
  other.addEventListener('x', c);
};
other.addEventListener('x', again, { once: true });
other.addEventListener('x', c);
other.addEventListener('x', a);
seen = [];
other.dispatchEvent(new Event('x'));
other.dispatchEvent(new Event('x'));
equal(seen.join(''), 'aac', 'both dispatches');

// A `once` listener is gone before it runs, so that it may add itself.
let rounds = 0;
const self = () => {
  rounds += 1;
  if (rounds < 3) target.addEventListener('y', self, { once: true });
};
target.addEventListener('y', self, { once: true });
for (let i = 0; i < 5; i++) target.dispatchEvent(new Event('y'));
equal(rounds, 3, 'rounds');

const controller = new AbortController();
target.addEventListener('z', a, { signal: controller.signal });
target.addEventListener('z', b, { signal: controller.signal, capture: true });
controller.abort();
seen = [];
target.dispatchEvent(new Event('z'));
equal(seen.join(''), '', 'after the signal');
