/*---
id: MAN-046
title: an entry point that is no page of the app is refused
level: 0
manifest: { entrypoints: { chat: pages/none } }
package: {}
expect: { refused: package.manifest_invalid, detail: "not one of the app's pages" }
---*/
