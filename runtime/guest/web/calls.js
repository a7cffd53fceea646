// Calls to the host: ids, the table of calls in flight, and the one place where a call settles.
import { BridgeError, isBridgeError } from './bridge_error.js';
import { quote, toJsonText, utf8Length } from './json_text.js';
import { signalState } from './abort.js';
import { cancelInternal, scheduleInternal } from './timers.js';
import { config, natives } from './state.js';
import {
  isObject,
  NumberIsInteger,
  NumberIsSafeInteger,
  ObjectFreeze,
  own,
  PromiseCtor,
  quoted,
  ReflectOwnKeys,
  RegExpPrototypeExec,
  SafeMap,
} from './primordials.js';

const kTimeoutMsMax = 600_000;
const kKeyCharsMax = 255;
// Values around the params: {jsonrpc, id, method, kiosk: {idempotencyKey}}.
const kEnvelopeValues = 7;
const methodName = /^[A-Za-z][\w$]*(?:\.[A-Za-z][\w$]*){1,4}$/;

const inFlight = new SafeMap();
let lastId = 0;

export function callsInFlight() {
  return inFlight.size;
}

/**
 * Calls `method` of the host. The promise settles exactly once: with the frozen result, or with a
 * BridgeError. `options` may hold timeoutMs (1..600000), signal, idempotencyKey (1..255
 * characters).
 */
export const call = (method, params = undefined, options = undefined) =>
  new PromiseCtor((resolve, reject) => {
    const name = typeof method === 'string' ? method : '';
    try {
      if (name !== method) {
        throw new BridgeError('invalid_params', 'the name of a method is a string');
      }
      begin(method, params, readOptions(options), resolve, reject);
    } catch (error) {
      reject(isBridgeError(error) ? withMethod(error, name) : error);
    }
  });

function withMethod(error, method) {
  return new BridgeError(error.code, error.message, { __proto__: null, method });
}

function readOptions(options) {
  const read = {
    __proto__: null,
    timeoutMs: undefined,
    signal: undefined,
    idempotencyKey: undefined,
  };
  if (options === undefined || options === null) return read;
  if (!isObject(options)) throw new BridgeError('invalid_params', 'the options must be an object');
  const { timeoutMs, signal, idempotencyKey } = options;
  if (timeoutMs !== undefined) {
    if (!NumberIsInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > kTimeoutMsMax) {
      throw new BridgeError('invalid_params', 'timeoutMs must be a whole number from 1 to 600000');
    }
    read.timeoutMs = timeoutMs;
  }
  if (signal !== undefined) {
    if (!signalState.isSignal(signal)) {
      throw new BridgeError('invalid_params', 'signal must be an AbortSignal');
    }
    read.signal = signal;
  }
  if (idempotencyKey !== undefined) {
    if (
      typeof idempotencyKey !== 'string' ||
      idempotencyKey === '' ||
      idempotencyKey.length > kKeyCharsMax
    ) {
      throw new BridgeError('invalid_params', 'idempotencyKey must have 1 to 255 characters');
    }
    read.idempotencyKey = idempotencyKey;
  }
  return read;
}

function begin(method, params, options, resolve, reject) {
  if (RegExpPrototypeExec(methodName, method) === null) {
    throw new BridgeError(
      'unsupported',
      quoted(method) + ' is no name of a method: these are namespace.method, as storage.local.get',
    );
  }
  // Serialising may run the traps of a Proxy, so everything that counts is read after it.
  const text = paramsText(params);
  if (options.signal !== undefined && signalState.aborted(options.signal)) {
    throw new BridgeError('cancelled', 'the call was cancelled before it was sent');
  }
  if (inFlight.size >= config.callsMax) {
    throw new BridgeError('busy', 'more than ' + config.callsMax + ' calls are in flight');
  }
  const key =
    options.idempotencyKey === undefined
      ? ''
      : ',"kiosk":{"idempotencyKey":' + quote(options.idempotencyKey) + '}';
  const id = ++lastId;
  const frame =
    '{"jsonrpc":"2.0","id":' + id + ',"method":' + quote(method) + ',"params":' + text + key + '}';
  if (utf8Length(frame) > config.messageBytesMax) {
    throw new BridgeError('payload_too_large', 'the call is larger than one message may be');
  }
  const entry = {
    __proto__: null,
    id,
    method,
    resolve,
    reject,
    timer: null,
    signal: undefined,
    onAbort: null,
  };
  inFlight.set(id, entry);
  try {
    if (natives.send(frame) === false) {
      throw new BridgeError('payload_too_large', 'the call is larger than one message may be');
    }
    watch(entry, options);
  } catch (error) {
    // The stack may end anywhere in here. What the host answers then is an answer too late.
    finish(entry);
    throw error;
  }
}

function paramsText(params) {
  if (params === undefined) return '{}';
  if (typeof params !== 'object' || params === null) {
    throw new BridgeError('invalid_params', 'the parameters must be an object');
  }
  const text = toJsonText(
    params,
    {
      __proto__: null,
      depth: config.messageDepthMax - 1,
      values: config.messageValuesMax - kEnvelopeValues,
      bytes: config.messageBytesMax,
    },
    'params',
  );
  if (text[0] !== '{') throw new BridgeError('invalid_params', 'the parameters must be an object');
  return text;
}

function watch(entry, { timeoutMs, signal }) {
  if (timeoutMs !== undefined) {
    entry.timer = scheduleInternal(timeoutMs, () => {
      giveUp(entry, 'timeout', 'no answer within ' + timeoutMs + ' ms');
    });
  }
  if (signal !== undefined) {
    entry.signal = signal;
    entry.onAbort = () => giveUp(entry, 'cancelled', 'the call was cancelled');
    signalState.add(signal, entry.onAbort);
  }
}

function giveUp(entry, code, message) {
  natives.send('{"jsonrpc":"2.0","method":"$/cancel","params":{"id":' + entry.id + '}}');
  fail(entry, new BridgeError(code, message, { __proto__: null, method: entry.method }));
}

// Takes the call out of the table and lets go of what watched it; false when it has settled before.
function finish(entry) {
  if (!inFlight.delete(entry.id)) return false;
  if (entry.timer !== null) cancelInternal(entry.timer);
  if (entry.onAbort !== null) signalState.remove(entry.signal, entry.onAbort);
  return true;
}

function fail(entry, error) {
  if (finish(entry)) entry.reject(error);
}

/**
 * Settles the call that `frame` (a parsed response) answers. An unknown id is an answer too
 * late.
 */
export function settle(frame) {
  const id = own(frame, 'id');
  if (!NumberIsSafeInteger(id)) return;
  const entry = inFlight.get(id);
  if (entry === undefined) return;
  const error = own(frame, 'error');
  if (error !== undefined && error !== null) {
    fail(entry, errorOf(error, entry.method));
  } else if (finish(entry)) {
    entry.resolve(deepFreeze(own(frame, 'result')));
  }
}

/** The host ended the call with `id` itself. */
export function hostCancelled(id) {
  const entry = NumberIsSafeInteger(id) ? inFlight.get(id) : undefined;
  if (entry === undefined) return;
  fail(
    entry,
    new BridgeError('cancelled', 'the host cancelled the call', {
      __proto__: null,
      method: entry.method,
    }),
  );
}

function errorOf(error, method) {
  const data = own(error, 'data');
  const facts = {
    __proto__: null,
    method,
    errno: undefined,
    retryable: undefined,
    details: undefined,
  };
  let code = 'internal';
  if (isObject(data)) {
    code = own(data, 'code') ?? code;
    facts.errno = own(data, 'errno');
    facts.retryable = own(data, 'retryable');
    facts.details = deepFreeze(own(data, 'details') ?? restOf(data));
  }
  return new BridgeError(code, own(error, 'message'), facts);
}

// What the host adds beside the named members, such as retryAfterMs.
function restOf(data) {
  const rest = {};
  let any = false;
  const keys = ReflectOwnKeys(data);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === 'code' || key === 'errno' || key === 'retryable' || key === '__proto__') continue;
    rest[key] = own(data, key);
    any = true;
  }
  return any ? rest : undefined;
}

/** Freezes parsed JSON through and through; its depth is bounded by that of a frame. */
export function deepFreeze(value) {
  if (!isObject(value)) return value;
  // What JSON.parse made has own data properties only, so reading one asks no prototype.
  const keys = ReflectOwnKeys(value);
  for (let i = 0; i < keys.length; i++) {
    const inner = value[keys[i]];
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  }
  return ObjectFreeze(value);
}
