/*---
id: MAN-027
title: all names of a top-level domain in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://*.ru" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
