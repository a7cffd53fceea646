// EventTarget and the dispatcher. A listener that throws is reported; the rest still run.
import { eventState } from './event.js';
import { DOMException } from './dom_exception.js';
import { reportException } from './report.js';
import {
  BooleanCtor,
  define,
  isObject,
  newList,
  ObjectDefineProperty,
  ReflectApply,
  SafeMap,
  SafeWeakMap,
  toText,
  TypeErrorCtor,
  uncurryThis,
  webInterface,
} from './primordials.js';

const kCapturing = 1;
const kAtTarget = 2;
const kBubbling = 3;

/** What other modules plug in; abort.js and the DOM are loaded after this one. */
export const eventTargetHooks = {
  __proto__: null,
  /** Runs `remove` when `signal` aborts. Throws a TypeError when it is no AbortSignal. */
  onAbort: null,
  isAborted: null,
  /** The target above `target` in an event's path, or null. */
  parentOf: () => null,
  /** A first listener for `type` came (`present`), or the last one went. */
  listening: () => {},
};

/** Access to the private state of targets, for the bootstrap only. */
export let targetState;

export class EventTarget {
  // type → {capturing, bubbling}, each null or a map of callback → {callback, capture, once,
  // passive, removed} in the order of adding; made with the first listener. Maps, since a list
  // would be searched at each adding, and ten thousand listeners would fill a turn.
  #listeners = undefined;

  addEventListener(type, callback, options = undefined) {
    if (arguments.length < 2)
      throw new TypeErrorCtor('addEventListener needs a type and a listener');
    const name = toText(type);
    const flags = readOptions(options);
    if (callback === null || callback === undefined) return;
    if (!isObject(callback)) throw new TypeErrorCtor('a listener must be a function or an object');
    if (flags.signal !== undefined && eventTargetHooks.isAborted(flags.signal)) return;
    if (this.#listeners === undefined) this.#listeners = new SafeMap();
    let phases = this.#listeners.get(name);
    const isFirst = phases === undefined;
    if (isFirst) {
      this.#listeners.set(name, (phases = { __proto__: null, capturing: null, bubbling: null }));
    }
    const phase = flags.capture ? 'capturing' : 'bubbling';
    const entries = (phases[phase] ??= new SafeMap());
    if (entries.has(callback)) return;
    const entry = {
      __proto__: null,
      callback,
      capture: flags.capture,
      once: flags.once,
      passive: flags.passive,
      removed: false,
    };
    entries.set(callback, entry);
    if (isFirst) eventTargetHooks.listening(this, name, true);
    if (flags.signal !== undefined) {
      eventTargetHooks.onAbort(flags.signal, () => this.#remove(name, callback, flags.capture));
    }
  }

  removeEventListener(type, callback, options = undefined) {
    if (arguments.length < 2) {
      throw new TypeErrorCtor('removeEventListener needs a type and a listener');
    }
    const capture = isObject(options) ? BooleanCtor(options.capture) : BooleanCtor(options);
    this.#remove(toText(type), callback, capture);
  }

  dispatchEvent(event) {
    if (!isObject(event) || !eventState.isEvent(event)) {
      throw new TypeErrorCtor('dispatchEvent needs an Event');
    }
    if (eventState.isDispatching(event)) {
      throw new DOMException('the event is being dispatched already', 'InvalidStateError');
    }
    this.#listeners; // a TypeError for a receiver of another kind
    return dispatch(this, event);
  }

  #remove(name, callback, capture) {
    const phases = this.#listeners?.get(name);
    if (phases === undefined) return;
    const phase = capture ? 'capturing' : 'bubbling';
    const entry = phases[phase]?.get(callback);
    if (entry === undefined) return;
    entry.removed = true;
    phases[phase].delete(callback);
    if (phases[phase].size > 0) return;
    phases[phase] = null;
    if (phases.capturing !== null || phases.bubbling !== null) return;
    this.#listeners.delete(name);
    eventTargetHooks.listening(this, name, false);
  }

  static {
    targetState = {
      __proto__: null,
      isTarget: (value) => #listeners in value,
      hasAny: (target) => target.#listeners !== undefined && target.#listeners.size > 0,
      listensTo: (target, type) => target.#listeners !== undefined && target.#listeners.has(type),
      forEachType(target, visit) {
        if (target.#listeners !== undefined) target.#listeners.forEach((_, type) => visit(type));
      },
      invoke(target, thisValue, event, capturing) {
        const type = eventState.type(event);
        const phases = target.#listeners?.get(type);
        const entries = capturing ? phases?.capturing : phases?.bubbling;
        if (entries === undefined || entries === null) return;
        const copy = newList();
        entries.forEach((entry) => (copy[copy.length] = entry));
        for (let i = 0; i < copy.length; i++) {
          const entry = copy[i];
          if (entry.removed) continue;
          if (entry.once) target.#remove(type, entry.callback, entry.capture);
          if (entry.passive) eventState.setPassive(event, true);
          callListener(entry.callback, thisValue, event);
          eventState.setPassive(event, false);
          if (eventState.stoppedNow(event)) return;
        }
      },
    };
  }
}
webInterface(EventTarget, 'EventTarget');

function readOptions(options) {
  if (!isObject(options)) {
    return {
      __proto__: null,
      capture: BooleanCtor(options),
      once: false,
      passive: false,
      signal: undefined,
    };
  }
  const flags = {
    __proto__: null,
    capture: BooleanCtor(options.capture),
    once: BooleanCtor(options.once),
    passive: BooleanCtor(options.passive),
    signal: options.signal,
  };
  if (flags.signal !== undefined) eventTargetHooks.isAborted(flags.signal);
  return flags;
}

function callListener(callback, thisValue, event) {
  try {
    if (typeof callback === 'function') {
      ReflectApply(callback, thisValue, [event]);
    } else {
      const handle = callback.handleEvent;
      if (typeof handle !== 'function') throw new TypeErrorCtor('handleEvent is not a function');
      ReflectApply(handle, callback, [event]);
    }
  } catch (error) {
    reportException(error);
  }
}

// The object that stands for `target` towards the app: the global object for its inner target.
const faces = new SafeMap();

/** Lets `face` be what listeners of `target` see as `this`, `target` and `currentTarget`. */
export function setFace(target, face) {
  faces.set(target, face);
}

function faceOf(target) {
  return faces.get(target) ?? target;
}

/** Sends `event` along the path of `target`; false when a listener prevented the default. */
export function dispatch(target, event) {
  const path = newList();
  for (let t = target; t !== null; t = eventTargetHooks.parentOf(t)) path[path.length] = t;
  const seen = newList();
  for (let i = 0; i < path.length; i++) seen[i] = faceOf(path[i]);
  eventState.begin(event, faceOf(target), seen);
  for (let i = path.length - 1; i >= 0 && !eventState.stopped(event); i--) {
    // At the target, capturing listeners run first and bubbling ones on the way back, as in
    // browsers.
    eventState.at(event, seen[i], i === 0 ? kAtTarget : kCapturing);
    targetState.invoke(path[i], seen[i], event, true);
  }
  for (let i = 0; i < path.length && !eventState.stopped(event); i++) {
    if (i > 0 && !eventState.bubbles(event)) break;
    eventState.at(event, seen[i], i === 0 ? kAtTarget : kBubbling);
    targetState.invoke(path[i], seen[i], event, false);
  }
  eventState.end(event);
  return !eventState.canceled(event);
}

/**
 * Defines `on<type>` properties on `owner`. `targetOf(this)` is where the handler listens.
 * `call(handler, thisValue, event)` may replace the usual call (onerror has five arguments).
 */
export function defineHandlers(owner, types, targetOf, call = callHandler) {
  for (let i = 0; i < types.length; i++) {
    const type = types[i];
    const handlers = new SafeWeakMap();
    ObjectDefineProperty(owner, 'on' + type, {
      __proto__: null,
      enumerable: true,
      configurable: true,
      get() {
        return handlers.get(targetOf(this))?.handler ?? null;
      },
      set(value) {
        const target = targetOf(this);
        const entry = handlers.get(target);
        const handler = isObject(value) ? value : null;
        if (entry !== undefined && handler === null) {
          handlers.delete(target);
          addOrRemove(target, type, entry.listener, false);
        } else if (entry !== undefined) {
          entry.handler = handler;
        } else if (handler !== null) {
          const fresh = { __proto__: null, handler, listener: null };
          fresh.listener = function (event) {
            return call(fresh.handler, this, event);
          };
          handlers.set(target, fresh);
          addOrRemove(target, type, fresh.listener, true);
        }
      },
    });
  }
}

const add = uncurryThis(EventTarget.prototype.addEventListener);
const remove = uncurryThis(EventTarget.prototype.removeEventListener);
function addOrRemove(target, type, listener, adding) {
  (adding ? add : remove)(target, type, listener);
}

function callHandler(handler, thisValue, event) {
  if (typeof handler !== 'function') return;
  if (ReflectApply(handler, thisValue, [event]) === false) event.preventDefault();
}

export function installEventTarget(global) {
  define(global, 'EventTarget', EventTarget);
}
