// Errors that nobody caught: their text, the `error` event, and promises rejected without a
// handler.
import { natives } from './state.js';
import { formatError, inspect } from './inspect.js';
import { oneLine } from './log_line.js';
import {
  define,
  isObject,
  newList,
  SafeMap,
  SafeWeakSet,
  StringPrototypeSlice,
  TypeErrorCtor,
} from './primordials.js';

const kTextCharsMax = 4096;
const kRejectionsReportedMax = 10;
const kPendingRejectionsMax = 1000;

// The dispatcher is loaded after this module and plugs itself in.
let fireGlobalEvent = null;

/** `fire(kind, init)` dispatches the event on the global object; false when it was prevented. */
export function setGlobalEvents(fire) {
  fireGlobalEvent = fire;
}

/** What a person should read about a thrown value. Never throws, whatever the value is. */
export function describe(error) {
  try {
    const text = isObject(error) ? formatError(error) : 'Uncaught ' + inspect(error);
    return StringPrototypeSlice(text, 0, kTextCharsMax);
  } catch {
    return 'an exception that cannot be described';
  }
}

let reporting = false;

/**
 * Reports an uncaught error: the `error` event first, then the log unless a handler prevented
 * it.
 */
export function reportException(error) {
  const text = describe(error);
  // An error inside an error handler goes to the log only, or reporting would never end.
  if (!reporting && fireGlobalEvent !== null) {
    reporting = true;
    try {
      if (!fireGlobalEvent('error', { __proto__: null, error, text })) return text;
    } finally {
      reporting = false;
    }
  }
  natives.log(3, oneLine(text));
  return text;
}

let pending = new SafeMap();
let handledLate = newList();
const reported = new SafeWeakSet();

// V8 calls the next two in the middle of JavaScript, where nothing of the app's may run: they only
// take notes for the end of the turn.
export function rejected(promise, reason) {
  if (pending.size < kPendingRejectionsMax) pending.set(promise, reason);
}

export function handled(promise) {
  if (pending.delete(promise) || !reported.delete(promise)) return;
  if (handledLate.length < kPendingRejectionsMax) handledLate[handledLate.length] = promise;
}

function fireHandledLate() {
  const list = handledLate;
  handledLate = newList();
  for (let i = 0; i < list.length; i++) {
    const init = { __proto__: null, promise: list[i], reason: undefined };
    fireGlobalEvent('rejectionhandled', init);
  }
}

/** At the end of a turn: the text of rejections that stayed without a handler, or undefined. */
export function reportRejections() {
  if (handledLate.length > 0) fireHandledLate();
  if (pending.size === 0) return undefined;
  const now = pending;
  pending = new SafeMap();
  const left = newList();
  now.forEach((reason, promise) => {
    reported.add(promise);
    if (!fireGlobalEvent('unhandledrejection', { __proto__: null, promise, reason })) return;
    left[left.length] = reason;
  });
  if (left.length === 0) return undefined;
  let text = '';
  for (let i = 0; i < left.length && i < kRejectionsReportedMax; i++) {
    text += (i === 0 ? '' : '\n') + 'Unhandled rejection: ' + describe(left[i]);
  }
  if (left.length > kRejectionsReportedMax) {
    text += '\nand ' + (left.length - kRejectionsReportedMax) + ' more';
  }
  return StringPrototypeSlice(text, 0, kTextCharsMax);
}

export function installReport(global) {
  define(
    global,
    'reportError',
    function reportError(error) {
      if (arguments.length === 0) throw new TypeErrorCtor('reportError needs an error');
      reportException(error);
    },
    true,
  );
}
