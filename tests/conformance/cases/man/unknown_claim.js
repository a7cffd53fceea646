/*---
id: MAN-039
title: a claim about people that there is not is refused
level: 0
manifest: { identity: { claims: [ shoe_size ] } }
package: {}
expect: { refused: package.manifest_invalid, detail: "one of: fullname" }
---*/
