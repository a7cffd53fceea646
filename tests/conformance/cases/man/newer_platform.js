/*---
id: MAN-064
title: an app for a newer host is told so and not started
level: 0
manifest: { platform_version: { min_code: 2147483647 } }
package: {}
expect: refused version_too_old
---*/
