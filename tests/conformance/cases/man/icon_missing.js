/*---
id: MAN-025
title: an icon that the package does not have is refused
level: 0
manifest: { icons: [ { src: "none.svg" } ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "has no file" }
---*/
