/*---
id: BRG-009
title: more calls at once than allowed are refused with busy, and the others are answered
level: 2
template: true
grants: all
budget: { calls: 4 }
expect: ok
---*/
const outcomes = await Promise.all(Array.from(
    {length: 12},
    (_, i) =>
        kiosk.storage.local.set({key: `k${i}`, value: i}).then(() => 'ok', error => error.code)));
assert(outcomes.filter(outcome => outcome === 'ok').length >= 4, 'four at least are answered');
assert(outcomes.includes('busy'), `one is refused as busy: ${outcomes}`);
assert(
    outcomes.every(outcome => outcome === 'ok' || outcome === 'busy'), `nothing else: ${outcomes}`);
