/*---
id: MAN-060
title: a manifest that begins with a byte order mark is refused
level: 0
manifestText: "\uFEFF{}"
package: {}
expect: { refused: package.manifest_invalid, detail: "byte order mark" }
---*/
