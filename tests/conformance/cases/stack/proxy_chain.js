/*---
id: STACK-104
title: a chain of a hundred thousand Proxies or prototypes is a RangeError or an answer
level: 3
refs: ["SBX-STACK-004"]
grants: none
expect: ok
---*/
let chain = {};
for (let i = 0; i < 100000; ++i) chain = new Proxy(chain, {});
let outcome;
try {
  outcome = chain.x;
} catch (error) {
  outcome = error.name;
}
assert([undefined, 'RangeError'].includes(outcome), `Proxies: ${outcome}`);
