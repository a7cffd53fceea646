/*---
id: MAN-028
title: an origin without TLS in the manifest is refused
level: 0
manifest: { network: { domains: [ "http://example.org" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
