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
const reported = new SafeWeakSet();

// At the end of a turn in which there were any, the engine tells of promises that were handled
// late, then of those that stayed without a handler, and then asks for the text of these. It bounds
// their number.
export function handled(promise) {
  if (!reported.delete(promise)) return;
  fireGlobalEvent('rejectionhandled', { __proto__: null, promise, reason: undefined });
}

export function rejected(promise, reason) {
  pending.set(promise, reason);
}

/** The text of rejections that no listener took, or undefined. */
export function reportRejections() {
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
