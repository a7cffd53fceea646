/*---
id: MAN-065
title: a folder with a bad manifest is refused as a package is
level: 0
manifest: { app_id: Test }
expect: { refused: package.manifest_invalid, detail: "reverse domain name" }
---*/
