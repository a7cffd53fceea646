/*---
id: SIG-008
title: an installed app is not run once its key is no longer trusted
level: 0
guards: [package.trusted]
package: { door: load, trust: [] }
expect: { refused: package.untrusted, detail: "is trusted here" }
---*/
