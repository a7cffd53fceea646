/*---
id: MAN-033
title: an origin with a path in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://example.org/path" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
