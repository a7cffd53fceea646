/*---
id: MAN-030
title: an address as one number in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://2130706433" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
