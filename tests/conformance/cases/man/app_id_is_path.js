/*---
id: MAN-016
title: an app_id that is a path is refused
level: 0
manifest: { app_id: "../../etc/passwd" }
package: {}
expect: { refused: package.manifest_invalid, detail: "reverse domain name" }
---*/
