/*---
id: NATIVE-133
title: a toString that moves the parent into its child while text is set makes no cycle
level: 2
refs: ["SBX-NATIVE-006"]
grants: none
expect: { outcome: ok, view: inner text }
---*/
const outer = document.createElement('stack');
const inner = document.createElement('stack');
outer.append(inner);
document.body.append(outer);
let refusal;
inner.textContent = {
  toString() {
    try {
      inner.append(outer);
    } catch (error) {
      refusal = error.name;
    }
    return 'inner text';
  },
};
equal(refusal, 'HierarchyRequestError', 'the refusal');
equal(outer.textContent, 'inner text', 'the text');
