/*---
id: MAN-041
title: a negative cap on payments is refused
level: 0
manifest:
  payments: { merchant_id: post, methods: [ wallet ], currencies: [ RUB ], max_amount: -1 }
package: {}
expect: { refused: package.manifest_invalid, detail: "a whole number from 1" }
---*/
