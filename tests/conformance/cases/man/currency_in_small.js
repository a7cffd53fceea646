/*---
id: MAN-040
title: a currency in small letters is refused
level: 0
manifest: { payments: { merchant_id: post, methods: [ wallet ], currencies: [ rub ] } }
package: {}
expect: { refused: package.manifest_invalid, detail: "ISO 4217" }
---*/
