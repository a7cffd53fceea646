/*---
id: WEB-URL-004
title: Cyrillic and other domains become what DNS asks for
level: 2
grants: none
expect: ok
---*/
const table = {
  'почта.рф': 'xn--80a1acny.xn--p1ai',
  'ПОЧТА.РФ': 'xn--80a1acny.xn--p1ai',
  'президент。рф': 'xn--d1abbgf6aiiy.xn--p1ai',
  'faß.de': 'xn--fa-hia.de',
  'bücher.example': 'xn--bcher-kva.example',
  '日本語。ＪＰ': 'xn--wgv71a119e.jp',
  'xn--80a1acny.xn--p1ai': 'xn--80a1acny.xn--p1ai',
  '%D1%8F.%D1%80%D1%84': 'xn--41a.xn--p1ai',
};
for (const [given, wanted] of Object.entries(table)) {
  equal(new URL(`https://${given}/`).hostname, wanted, given);
}
