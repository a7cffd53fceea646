/*---
id: MAN-024
title: an icon on the network is refused
level: 0
manifest: { icons: [ { src: "https://example.org/icon.svg" } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "a relative path" }
---*/
