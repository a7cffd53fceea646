/*---
id: MOD-105
title: a file of another app is not reached by the app's own scheme
level: 1
refs: ["SBX-MOD", "SBX-ISO"]
grants: none
expect: ok
---*/
for (const name
         of ['app://org.example.other/app.js', 'app://org.example.test.evil/app.js',
             'app://org.example.test@other/app.js', 'app://ORG.example.test/harness.js',
             'app:harness.js', 'app://org.example.test:80/harness.js', 'app:///harness.js']) {
  await fails('TypeError', () => import(name));
}
