/*---
id: MAN-017
title: an app_id in capitals, the twin of another, is refused
level: 0
manifest: { app_id: org.Example.test }
package: {}
expect: { refused: package.manifest_invalid, detail: "reverse domain name" }
---*/
