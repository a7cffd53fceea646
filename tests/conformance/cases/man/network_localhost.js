/*---
id: MAN-031
title: the user's own machine as an origin in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://localhost" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
