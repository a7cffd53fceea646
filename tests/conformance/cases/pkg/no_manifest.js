/*---
id: PKG-056
title: a package without a manifest is refused
level: 0
package:
  change:
    - remove: { file: manifest.json }
expect: { refused: package.manifest_invalid, detail: "must lie at the root" }
---*/
