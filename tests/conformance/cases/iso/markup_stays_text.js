/*---
id: ISO-110
title: markup in a text is shown as text
level: 4
refs: ["CWE-79", "SBX-ISO-005"]
grants: none
expect: { outcome: ok, view: "<b onclick=x>bold</b>" }
---*/
document.body.append('<b onclick=x>bold</b>');
