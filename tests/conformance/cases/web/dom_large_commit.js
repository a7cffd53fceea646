/*---
id: WEB-DOM-010
title: a view larger than one message is sent in several
level: 2
budget: { message: 64K }
grants: none
expect: ok
---*/
const list = document.createElement('stack');
for (let i = 0; i < 2000; ++i) {
  const row = document.createElement('text');
  row.setAttribute('kind', `row ${i}`);
  row.append(`Посылка номер ${i} `.repeat(4));
  list.append(row);
}
document.body.append(list);
await new Promise((resolve) => setTimeout(resolve, 1));
