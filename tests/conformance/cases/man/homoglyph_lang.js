/*---
id: MAN-066
title: a language that is no tag is refused
level: 0
manifest: { lang: "russian language" }
package: {}
expect: { refused: package.manifest_invalid, detail: "a language tag" }
---*/
