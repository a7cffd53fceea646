/*---
id: MAN-034
title: an origin with a dot at its end in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://example.org." ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
