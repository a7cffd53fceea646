/*---
id: SIG-009
title: a package is not installed once its key is no longer trusted
level: 0
guards: [package.trusted]
package: { door: install, trust: [stranger] }
expect: { refused: package.untrusted, detail: "is trusted here" }
---*/
