/*---
id: SIG-007
title: a host that trusts nobody refuses every package
level: 0
guards: [package.trusted]
package: { trust: [] }
expect: { refused: package.untrusted, detail: "is trusted here" }
---*/
