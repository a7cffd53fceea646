// The files in which mistakes are planted, and the tests that own them: those of `near` run first,
// those of `wide` when nothing failed. Both are doctest's filters of test files.

const filter = names => names.map(name => `*/${name}_test.cc`).join(',');

const gate = ['gate', 'gate_order', 'permission_matrix', 'consent_binding'];
const consent = ['consent_binding', 'consent_memory', 'consent_race'];
const money = ['payments', 'ledger', 'order_token', 'order_book', 'refund_token', 'amount'];

export const areas = [
  {
    area: 'package reader',
    program: 'unit-package',
    near: '*',
    files: [
      'runtime/package/archive_reader.cc',
      'runtime/package/merkle.cc',
      'runtime/package/names.cc',
      'runtime/package/package.cc',
      'runtime/package/payload_hash.cc',
      'runtime/package/signing_block.cc',
      'runtime/package/trust_store.cc',
      'runtime/package/zip_records.cc',
    ],
  },
  {
    area: 'frames and messages',
    program: 'unit-channel',
    near: '*',
    files: ['runtime/channel/frame.cc', 'runtime/channel/rpc.cc'],
  },
  {
    area: 'gate',
    program: 'unit-bridge',
    near: filter(gate),
    wide: filter([...consent, 'services', 'ui', 'audit', 'payments', 'net', 'storage']),
    files: ['bridge/gate.cc', 'bridge/gate_answer.cc', 'bridge/gate_budget.cc'],
  },
  {
    area: 'consent',
    program: 'unit-bridge',
    near: filter([...consent, 'gate']),
    wide: filter([...gate, 'services', 'receipts', 'user_data', 'shell_data']),
    files: ['bridge/consent.cc', 'bridge/consent_desk.cc', 'bridge/consent_question.cc'],
  },
  {
    area: 'receipts',
    program: 'unit-bridge',
    near: filter(['receipts']),
    wide: filter([...consent, 'payments', 'user_data', 'shell_data', 'services']),
    files: [
      'bridge/receipts/receipt_body.cc',
      'bridge/receipts/receipt_book.cc',
      'bridge/receipts/receipt_token.cc',
      'bridge/receipts/receipt_verify.cc',
    ],
  },
  {
    area: 'ledger and orders',
    program: 'unit-bridge',
    near: filter(money),
    wide: filter(['payments_module', 'subscriptions', 'partner_api', 'outbox', 'webhook']),
    files: [
      'bridge/payments/amount.cc',
      'bridge/payments/jws.cc',
      'bridge/payments/ledger.cc',
      'bridge/payments/order_rules.cc',
      'bridge/payments/order_token.cc',
      'bridge/payments/refund_book.cc',
      'bridge/payments/refund_token.cc',
      'bridge/payments/settlement.cc',
    ],
  },
];
