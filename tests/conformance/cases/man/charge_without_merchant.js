/*---
id: MAN-038
title: the permission to charge without a merchant is refused
level: 0
manifestWithout: [payments]
package: {}
expect: { refused: package.manifest_invalid, detail: "names its merchant" }
---*/
