/*---
id: MOD-104
title: a module of the network is not fetched, in no spelling of its address
level: 1
refs: ["SBX-MOD", "Deno allow_import_not_on_redirect"]
grants: none
expect: { outcome: ok, host: { calls: [] } }
---*/
for (const name
         of ['https://example.org/x.js', 'http://127.0.0.1/x.js', '//example.org/x.js',
             'HTTPS://example.org/', 'https:example.org', 'ws://example.org/', 'ftp://a/b']) {
  await fails('TypeError', () => import(name));
}
