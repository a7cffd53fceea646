/*---
id: ISO-109
title: a picture from outside the package is not shown, in no spelling
level: 4
guards: [view.source]
refs: ["SBX-ISO-006", "SBX-NET-010"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const source
         of ['https://example.org/x.png', '//example.org/x.png', 'data:image/png;base64,AA',
             'file:///etc/passwd', '../x.png', '/etc/passwd', 'app://org.example.other/x.png']) {
  const image = document.createElement('image');
  image.setAttribute('src', source);
  document.body.append(image);
}
document.body.append('after the pictures');
await new Promise(resolve => setTimeout(resolve, 50));
