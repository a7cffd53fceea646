/*---
id: PAY-127
title: a payment that is not this user's and app's is not found, whatever its id
level: 5
refs: ["SBX-ID-007"]
grants: all
expect: { outcome: ok, host: { callsOk: 0 } }
---*/
for (const params
         of [{paymentId: 'x'}, {orderId: 'conformance-1'}, {paymentId: '1'},
             {orderId: 'customs-RA123456785RU'}]) {
  await fails('not_found', () => kiosk.payments.status(params));
}
for (const params of [{}, {paymentId: 'a', orderId: 'b'}, {paymentId: '../x'}, {orderId: '%'}]) {
  await fails('invalid_params', () => kiosk.payments.status(params));
}
