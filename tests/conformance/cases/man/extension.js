/*---
id: MAN-002
title: a member x-… of the maker's own is allowed
level: 0
manifest: { x-build: 17 }
package: {}
expect: ok
---*/
