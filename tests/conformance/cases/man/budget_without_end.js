/*---
id: MAN-042
title: a budget above what any host gives is refused
level: 0
manifest: { budget: { heap_mb: 1000000 } }
package: {}
expect: { refused: package.manifest_invalid, detail: "4 to 1024" }
---*/
