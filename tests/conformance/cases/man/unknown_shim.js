/*---
id: MAN-047
title: a shim that the host does not have is refused
level: 0
manifest: { compat: [ "wx@max" ] }
package: {}
expect: { refused: package.manifest_invalid, detail: "one of: max-webapp@26" }
---*/
