/*---
id: WEB-TIMER-004
title: an interval repeats until it is cleared from inside
level: 2
grants: none
expect: ok
---*/
let count = 0;
await new Promise((resolve) => {
  const id = setInterval(
    (step, word) => {
      count += step;
      equal(word, 'w', 'the second argument');
      if (count === 6) {
        clearInterval(id);
        setTimeout(resolve, 20);
      }
    },
    1,
    2,
    'w',
  );
});
equal(count, 6, 'count');
