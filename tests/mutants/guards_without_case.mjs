// Why no conformance case names a guard: what one would need to come to it.

const reasons = [
  {
    why: 'the guest keeps the same bound first, and a forged guest meets another one sooner',
    guards: ['host.inFlight', 'host.logs', 'gate.state'],
  },
  {
    why: 'a second check behind it keeps the same out: unit tests tell the two apart',
    guards: ['payment.once', 'json.numbers'],
  },
  {
    why: 'parameters are copied as they are read; nothing a mini-app does changes them later',
    guards: ['consent.bound'],
  },
  {
    why: 'it asks for the user\'s word at an update; nobody answers in a case',
    guards: ['apps.rights'],
  },
  {
    why: 'the hand that types is not the mini-app\'s',
    guards: ['host.typed'],
  },
  {
    why: 'a case has one session',
    guards: ['host.sessions', 'host.sessionsOfUser', 'host.sessionsOfApp'],
  },
  {
    why: 'it guards against a process of the host\'s own that was taken over',
    guards: ['template.process', 'template.busy', 'template.silent', 'template.failures'],
  },
  {
    why: 'it takes native code in the guest: the program jail-probe',
    guards: [
      'jail.descriptors',
      'jail.identity',
      'jail.dumpable',
      'template.filter',
      'template.limits',
    ],
  },
  {
    why: 'what it drops is neither told nor shown in the view\'s text',
    guards: ['view.properties', 'view.events'],
  },
  {
    why: 'it takes an operator that lists, denies or revokes; a case has none',
    guards: ['gate.revoked', 'gate.privileged', 'gate.policy', 'gate.policyAgain'],
  },
  {
    why: 'the rates of the methods concerned are lower',
    guards: ['gate.promptRate', 'gate.repeats'],
  },
  {
    why: 'it takes a revocation between two steps of one call',
    guards: ['gate.grantAgain', 'consent.inFlight'],
  },
  {
    why: 'it guards against a mistake of the host\'s own code or of a provider',
    guards: ['gate.intent', 'gate.result', 'consent.redeem', 'payment.confirmed', 'store.commit'],
  },
  {
    why: 'no method of today takes from that budget',
    guards: ['budget.day'],
  },
  {
    why: 'it guards the host\'s own records against who can write to its disk',
    guards: [
      'receipt.signature',
      'receipt.text',
      'receipt.place',
      'secure.sealed',
      'audit.chain',
      'audit.head',
      'audit.end',
      'audit.anchor',
    ],
  },
  {
    why: 'an erasure is the operator\'s act',
    guards: ['erase.rows', 'erase.names', 'erase.scrub', 'erase.money', 'erase.events'],
  },
  {
    why: 'a partner\'s server comes to it, not a mini-app',
    guards: [
      'login.assertion',
      'login.assertionExpiry',
      'login.assertionOnce',
      'login.audience',
      'login.client',
      'login.once',
      'login.expiry',
      'login.verifier',
      'login.consent',
      'login.tokenExpiry',
      'login.tokenConsent',
      'login.ownApp',
    ],
  },
  {
    why: 'it takes a server that redirects, or a name that leads inside',
    guards: ['net.redirect', 'net.address'],
  },
  {
    why: 'the wallets of the demo hold less than the limit',
    guards: ['payment.day'],
  },
  {
    why: 'it takes what another user owns; a case has one user',
    guards: ['refund.owner', 'subscription.owner'],
  },
  {
    why: 'the host charges when a period begins; no case lasts so long',
    guards: ['mandate.live', 'mandate.due', 'mandate.last', 'mandate.signed'],
  },
  {
    why: 'the host\'s picker offers others only',
    guards: ['money.peer', 'money.self'],
  },
  {
    why: 'it takes more people, more days or the wallet of who is asked',
    guards: ['money.open', 'money.nagging', 'money.payer', 'money.once', 'money.expiry'],
  },
];

/// The reason of the guard `name`; nothing when a mini-app comes to it.
export const whyNoCase = name => reasons.find(({guards}) => guards.includes(name))?.why;
