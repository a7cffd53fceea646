/*---
id: MAN-026
title: every origin at once in the manifest is refused
level: 0
manifest: { network: { domains: [ "*" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
