// The bridge of a host that trusts its mini-app: every method of the catalogue is carried out as it
// is asked for. Nobody is asked, no permission is looked at, an order's signature is not checked,
// the user is told by the host's own id. It keeps all in memory and connects to nowhere.

/// What an order says of itself, signed or not.
function orderOf(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString('utf8'));
  } catch {
    return {};
  }
}

function naiveStore(name) {
  const kept = new Map();
  return {
    [`${name}.set`]: ({key, value}) => void kept.set(key, value),
    [`${name}.get`]: ({key}) => ({found: kept.has(key), value: kept.get(key) ?? null}),
    [`${name}.remove`]: ({key}) => ({removed: kept.delete(key)}),
    [`${name}.keys`]: () => ({keys: [...kept.keys()].sort()}),
    [`${name}.clear`]: () => ({removed: [kept.size, kept.clear()][0]}),
    [`${name}.info`]: () => ({keys: kept.size, keysMax: 1e9, usedBytes: 0, limitBytes: 1e9}),
    [`${name}.batchSet`]: ({items}) => items.forEach(({key, value}) => kept.set(key, value)),
    [`${name}.batchGet`]: ({keys}) => ({
      items: keys.filter(key => kept.has(key)).map(key => ({key, value: kept.get(key)})),
    }),
  };
}

const user = {
  id: 'anna',
  firstName: 'Anna',
  phone: '79990000001'
};

function naiveIdentity() {
  const launchData =
      new URLSearchParams({user: JSON.stringify(user), query_id: '1', hash: 'none'}).toString();
  return {
    'identity.userinfo': () => ({sub: user.id, ...user, language: 'en'}),
    'identity.requestPhone': () => ({phone: user.phone, userId: user.id}),
    'identity.login': ({nonce}) => ({code: `${user.id}-${nonce}`, expiresAt: 4e12}),
    'host.launch': () => ({entryPoint: 'menu', launchId: '1', launchData}),
    'host.refreshLaunchData': () => ({launchData, expiresAt: 4e12}),
  };
}

function naivePayments() {
  const paid = [];
  return {
    'payments.request': ({orderToken}) => {
      const {orderId, amountMinor, currency} = orderOf(orderToken);
      const paymentId = `payment-${paid.length + 1}`;
      paid.push({paymentId, orderId, amountMinor, currency, status: 'paid'});
      return {status: 'paid', paymentId, receipt: {...paid.at(-1), payer: user.id}};
    },
    'payments.status': params =>
        paid.find(one => one.paymentId === params.paymentId) ?? paid[0] ?? {},
    'payments.refund': () => ({status: 'succeeded'}),
    'payments.requestMoney': ({requestId = '1'}) => ({requestId, status: 'sent', from: 'boris'}),
    'payments.moneyRequest': () => ({status: 'paid', payer: 'boris'}),
    'payments.subscribe': () => ({status: 'active', subscriptionId: '1'}),
    'payments.subscriptions': () => ({subscriptions: []}),
    'payments.cancelSubscription': ({subscriptionId}) => ({status: 'cancelled', subscriptionId}),
  };
}

function naiveConsent() {
  return {
    'consent.query': ({names}) => names.map(name => ({name, state: 'granted'})),
    'consent.request': ({name}) => ({name, state: 'granted'}),
    'consent.revoke': ({names}) => ({revoked: names}),
    'consent.receipts': () => [],
  };
}

/// `kiosk` as an app finds it: the methods called `names`, each of which tells `tell` its call.
export function naiveBridge(names, tell) {
  const answers = {
    ...naiveStore('storage.local'),
    ...naiveStore('storage.secure'),
    ...naiveIdentity(),
    ...naivePayments(),
    ...naiveConsent(),
    'messages.share': () => ({status: 'shared'}),
    'support.open': () => ({ticketId: '1'}),
    'net.fetch': ({url}) => ({status: 200, headers: [], url, redirected: false, body: ''}),
    'host.supports': () => true,
  };
  const kiosk = {BridgeError: Error, launch: {entryPoint: 'menu'}, on: () => {}, off: () => {}};
  kiosk.call = async (method, params = {}) => {
    const answer = answers[method]?.(params) ?? {method};
    tell({event: 'call', method, outcome: 'ok'});
    return answer;
  };
  for (const name of names) {
    const path = name.split('.');
    const last = path.pop();
    let place = kiosk;
    for (const part of path) place = place[part] ??= {};
    place[last] = async params => kiosk.call(name, params);
  }
  return kiosk;
}
