/*---
id: SIG-035
title: a version older than what was installed is refused, and the newer stays
level: 0
guards: [apps.downgrade]
package:
  door: install
  installed: { manifest: { version: { name: 2.0.0, code: 2 } } }
expect: { refused: package.downgrade, detail: "is older" }
---*/
