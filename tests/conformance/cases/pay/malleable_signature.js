/*---
id: PAY-117
title: the same signature with its scalar raised by the group's order is refused
level: 5
guards: [order.signature]
refs: ["SBX-SIG-005", "RFC 8032 5.1.7", "Chalkias et al. 2020"]
grants: ask
steps: [ { tap: "Pay" } ]
control: naive
expect: { error: signature_invalid, host: { consentsAsked: 0, paymentsAsked: 0 } }
---*/
// S and S + L verify alike where a verifier does not look whether S is below L.
import {orderToken} from './orders.js';
const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const [header, payload, signature] = orderToken.split('.');
const bytes = Uint8Array.from(
    atob(signature.replaceAll('-', '+').replaceAll('_', '/')),
    character => character.charCodeAt(0));
let scalar = order;
for (let i = 0; i < 32; ++i) scalar += BigInt(bytes[32 + i]) << BigInt(8 * i);
for (let i = 0; i < 32; ++i) bytes[32 + i] = Number((scalar >> BigInt(8 * i)) & 255n);
const changed = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
await tapped('Pay');
const token = [header, payload, changed.replaceAll('=', '')].join('.');
await kiosk.payments.request({orderToken: token}, {idempotencyKey: 'one'});
