// Holds what a case expects against what the tool reported. Each finding is a line for people.

const caseLine = /^@case (ok|error (\S+): [\s\S]*)$/;

/// The findings about a run; an empty list when it kept the promise.
export function findings(test, result) {
  const found = [...outcomeFindings(test, result), ...eventFindings(test, result)];
  const {withinMs, host = {}} = test.expect;
  if (withinMs !== undefined && result.ms > withinMs) {
    found.push(`it took ${result.ms} ms, more than ${withinMs}`);
  }
  for (const [what, expected] of Object.entries(host)) {
    const actual = hostFact(what, result.events);
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      found.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
    }
  }
  if (result.timedOut) found.push('the tool itself hung and was stopped');
  if (result.signal !== null && !result.stopped) found.push(`the tool died of ${result.signal}`);
  return found;
}

/// What the case said about itself: its last "@case" line.
export function caseOutcome(events) {
  const lines = events.filter(e => e.event === 'log' && caseLine.test(e.text)).map(e => e.text);
  return lines.at(-1);
}

function outcomeFindings({expect}, {events, stderr}) {
  const said = caseOutcome(events);
  const ended = events.find(event => event.event === 'ended');
  if (expect.kind === 'ended') {
    if (ended === undefined) return [`it did not end; standard error: ${stderr}`];
    if (ended.reason !== expect.what) return [`it ended "${ended.reason}": ${ended.detail}`];
    return [];
  }
  if (said === undefined) {
    return [`it never came to its end: ${JSON.stringify(ended) ?? `no end; ${stderr}`}`];
  }
  if (expect.kind === 'ok' && said !== '@case ok') return [said.slice('@case '.length)];
  if (expect.kind === 'error' && !said.startsWith(`@case error ${expect.what}:`)) {
    return [`error ${expect.what} wanted, but: ${said.slice('@case '.length)}`];
  }
  return [];
}

function eventFindings({expect}, {events}) {
  const found = [];
  const texts = name => events.filter(event => event.event === name).map(event => event.text);
  const ended = events.find(event => event.event === 'ended');
  if (expect.detail !== undefined && !ended?.detail?.includes(expect.detail)) {
    found.push(`the end's detail lacks "${expect.detail}": ${ended?.detail}`);
  }
  for (const [key, event] of [['logs', 'log'], ['view', 'view']]) {
    for (const text of [expect[key] ?? []].flat()) {
      if (!texts(event).some(line => line.includes(text))) found.push(`no ${event} has "${text}"`);
    }
  }
  return found;
}

/// A fact of the host's side, from its events: how often the user was asked, what calls came to.
///   consentsAsked    number of consent events
///   callsOk          number of calls that were carried out
///   paymentsAsked    number of payments that got past the user
///   calls            outcomes in order, e.g. ["messages.share ok"]
function hostFact(what, events) {
  const calls = events.filter(event => event.event === 'call');
  if (what === 'consentsAsked') return events.filter(event => event.event === 'consent').length;
  if (what === 'callsOk') return calls.filter(call => call.outcome === 'ok').length;
  if (what === 'calls') return calls.map(call => `${call.method} ${call.outcome}`);
  if (what === 'paymentsAsked') {
    return calls.filter(call => call.method === 'payments.request' && call.outcome === 'ok').length;
  }
  return `unknown fact ${what}`;
}
