/*---
id: MAN-018
title: an app_id with letters that look like others is refused
level: 0
manifest: { app_id: "org.ex\u0430mple.test" }
package: {}
expect: { refused: package.manifest_invalid, detail: "reverse domain name" }
---*/
