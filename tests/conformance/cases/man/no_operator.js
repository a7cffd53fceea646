/*---
id: MAN-043
title: a package without an operator who answers for it is refused
level: 0
manifestWithout: [operator]
package: {}
expect: { refused: package.manifest_invalid, detail: "/operator: is missing" }
---*/
