/*---
id: MAN-036
title: the origins of a developer's machine do not count in a package
level: 0
manifest: { network: { domains: [ "http://localhost:8080" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
