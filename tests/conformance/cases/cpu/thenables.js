/*---
id: CPU-120
title: a thenable that resolves with itself for ever is ended as cpu
level: 3
refs: ["SBX-CPU-020"]
control: naive
grants: none
budget: { load: 100ms }
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
const thenable = {
  then(resolve) {
    resolve(thenable);
  },
};
await thenable;
