/*---
id: PROTO-013
title: comments, single quotes and trailing commas are not JSON
level: 2
tier: jit
forge:
  each:
    - { text: '/**/{"jsonrpc":"2.0","id":1,"method":"host.info"}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info"}//' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":"host.info",}' }
    - { text: "{'jsonrpc':'2.0'}" }
    - { text: '{jsonrpc:"2.0"}' }
    - { text: '{"jsonrpc":"2.0","id":1,"method":undefined}' }
    - { name: a byte order mark, acts: { hex: 'efbbbf7b226a736f6e727063223a22322e30227d' } }
    - { name: UTF-16, acts: { hex: '7b0022006a007300' } }
    - { name: CBOR, acts: { hex: 'a1676a736f6e72706363322e30' } }
    - { name: MessagePack, acts: { hex: '81a76a736f6e727063a3322e30' } }
expect: ended protocol
---*/
