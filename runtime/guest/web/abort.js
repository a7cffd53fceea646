// AbortController and AbortSignal, with timeout and any.
import { Event, eventState } from './event.js';
import { defineHandlers, dispatch, EventTarget, eventTargetHooks } from './event_target.js';
import { DOMException } from './dom_exception.js';
import { scheduleInternal } from './timers.js';
import { reportException } from './report.js';
import {
  define,
  isObject,
  newList,
  NumberIsFinite,
  SymbolIterator,
  SafeSet,
  toNumber,
  TypeErrorCtor,
  webInterface,
} from './primordials.js';

const kTimeoutMsMax = 0x7fffffff;
let making = false;

/** Access to signals for the bootstrap: works on the brand, never on a property of the app's. */
export let signalState;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason = undefined;
  #algorithms = undefined;
  #dependents = undefined;

  constructor() {
    if (!making) throw new TypeErrorCtor('AbortSignal cannot be constructed: use AbortController');
    super();
  }
  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }

  static abort(reason = undefined) {
    const signal = make();
    signal.#aborted = true;
    signal.#reason = reason === undefined ? abortError() : reason;
    return signal;
  }

  static timeout(milliseconds) {
    const delay = toNumber(milliseconds);
    if (!NumberIsFinite(delay) || delay < 0) {
      throw new TypeErrorCtor('AbortSignal.timeout needs a number of milliseconds from 0 up');
    }
    const signal = make();
    scheduleInternal(delay > kTimeoutMsMax ? kTimeoutMsMax : delay, () => {
      signalState.abort(signal, new DOMException('the operation timed out', 'TimeoutError'));
    });
    return signal;
  }

  static any(signals) {
    const sources = listOf(signals);
    const result = make();
    for (let i = 0; i < sources.length; i++) {
      if (!sources[i].#aborted) continue;
      result.#aborted = true;
      result.#reason = sources[i].#reason;
      return result;
    }
    for (let i = 0; i < sources.length; i++) {
      const source = sources[i];
      if (source.#dependents === undefined) source.#dependents = new SafeSet();
      source.#dependents.add(result);
    }
    return result;
  }

  #abort(reason, aborted) {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    aborted[aborted.length] = this;
    this.#dependents?.forEach((dependent) => dependent.#abort(reason, aborted));
    this.#dependents = undefined;
  }

  #run() {
    const algorithms = this.#algorithms;
    this.#algorithms = undefined;
    algorithms?.forEach((algorithm) => {
      try {
        algorithm();
      } catch (error) {
        reportException(error);
      }
    });
    const event = new Event('abort');
    eventState.setTrusted(event);
    dispatch(this, event);
  }

  static {
    const create = () => new AbortSignal();
    signalState = {
      __proto__: null,
      create,
      make: () => make(),
      isSignal: (value) => isObject(value) && #aborted in value,
      aborted: (signal) => signal.#aborted,
      reason: (signal) => signal.#reason,
      add(signal, algorithm) {
        if (signal.#algorithms === undefined) signal.#algorithms = new SafeSet();
        signal.#algorithms.add(algorithm);
      },
      remove(signal, algorithm) {
        signal.#algorithms?.delete(algorithm);
      },
      abort(signal, reason) {
        const aborted = newList();
        signal.#abort(reason, aborted);
        for (let i = 0; i < aborted.length; i++) aborted[i].#run();
      },
    };
  }
}
webInterface(AbortSignal, 'AbortSignal');
defineHandlers(AbortSignal.prototype, ['abort'], (signal) => signal);

function make() {
  making = true;
  try {
    return signalState.create();
  } finally {
    making = false;
  }
}

function abortError() {
  return new DOMException('the operation was aborted', 'AbortError');
}

function listOf(signals) {
  if (!isObject(signals)) throw new TypeErrorCtor('AbortSignal.any needs a list of signals');
  const list = newList();
  const iterator = signals[SymbolIterator]();
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    if (!signalState.isSignal(step.value)) {
      throw new TypeErrorCtor('AbortSignal.any needs a list of signals');
    }
    list[list.length] = step.value;
  }
  return list;
}

export class AbortController {
  #signal = make();
  get signal() {
    return this.#signal;
  }
  abort(reason = undefined) {
    signalState.abort(this.#signal, reason === undefined ? abortError() : reason);
  }
}
webInterface(AbortController, 'AbortController');

eventTargetHooks.isAborted = (signal) => {
  if (!signalState.isSignal(signal)) throw new TypeErrorCtor('signal must be an AbortSignal');
  return signalState.aborted(signal);
};
eventTargetHooks.onAbort = signalState.add;

export function installAbort(global) {
  define(global, 'AbortController', AbortController);
  define(global, 'AbortSignal', AbortSignal);
}
