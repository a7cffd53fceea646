/*---
id: MAN-032
title: an origin with a user before the host in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://good.example@evil.example" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
