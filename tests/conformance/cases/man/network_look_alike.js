/*---
id: MAN-035
title: an origin with letters that look like others in the manifest is refused
level: 0
manifest: { network: { domains: [ "https://ex\u0430mple.org" ], reason: r } }
package: {}
expect: { refused: package.manifest_invalid, detail: "an origin such as" }
---*/
