/*---
id: MAN-029
title: an origin that is an address in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://10.0.0.1" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
