/*---
id: CPU-129
title: a listener that never returns from the user's touch is ended as cpu
level: 3
refs: ["SBX-CPU-022"]
control: naive
grants: none
budget: { turn: 50ms }
steps: [ { tap: "Go" }, { expect: "what never comes" } ]
raw: true
expect: { ended: cpu, withinMs: 10000 }
---*/
const button = document.createElement('button');
button.textContent = 'Go';
button.addEventListener('click', () => {
  for (;;) {
  }
});
document.body.append(button);
