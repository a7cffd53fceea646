// Event and its small family. Private state is reached by the dispatcher through `eventState`, so
// no app can make a synthetic event look like one that the host sent (`isTrusted`).
import {
  BooleanCtor,
  define,
  newList,
  ObjectDefineProperty,
  toText,
  TypeErrorCtor,
  webInterface,
} from './primordials.js';
import { natives } from './state.js';

/** Access to the private state of events, for the dispatcher only. */
export let eventState;

export class Event {
  #type;
  #bubbles = false;
  #cancelable = false;
  #composed = false;
  #canceled = false;
  #stopped = false;
  #stoppedNow = false;
  #passive = false;
  #dispatching = false;
  #trusted = false;
  #target = null;
  #currentTarget = null;
  #phase = 0;
  #path = undefined;
  #timeStamp;

  constructor(type, init = undefined) {
    if (arguments.length === 0) throw new TypeErrorCtor('Event needs a type');
    this.#type = toText(type);
    this.#timeStamp = natives.nowMs();
    if (init === undefined || init === null) return;
    if (typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeErrorCtor('the options of an Event must be an object');
    }
    this.#bubbles = BooleanCtor(init.bubbles);
    this.#cancelable = BooleanCtor(init.cancelable);
    this.#composed = BooleanCtor(init.composed);
  }

  get type() {
    return this.#type;
  }
  get target() {
    return this.#target;
  }
  get srcElement() {
    return this.#target;
  }
  get currentTarget() {
    return this.#currentTarget;
  }
  get eventPhase() {
    return this.#phase;
  }
  get bubbles() {
    return this.#bubbles;
  }
  get cancelable() {
    return this.#cancelable;
  }
  get composed() {
    return this.#composed;
  }
  get defaultPrevented() {
    return this.#canceled;
  }
  get isTrusted() {
    return this.#trusted;
  }
  get timeStamp() {
    return this.#timeStamp;
  }
  get returnValue() {
    return !this.#canceled;
  }
  set returnValue(value) {
    if (!value) this.preventDefault();
  }
  get cancelBubble() {
    return this.#stopped;
  }
  set cancelBubble(value) {
    if (value) this.#stopped = true;
  }

  composedPath() {
    const path = [];
    const from = this.#path;
    for (let i = 0; from !== undefined && i < from.length; i++) define(path, i, from[i], true);
    return path;
  }
  stopPropagation() {
    this.#stopped = true;
  }
  stopImmediatePropagation() {
    this.#stopped = true;
    this.#stoppedNow = true;
  }
  preventDefault() {
    if (this.#cancelable && !this.#passive) this.#canceled = true;
  }
  initEvent(type, bubbles = false, cancelable = false) {
    if (this.#dispatching) return;
    this.#type = toText(type);
    this.#bubbles = BooleanCtor(bubbles);
    this.#cancelable = BooleanCtor(cancelable);
    this.#canceled = this.#stopped = this.#stoppedNow = false;
    this.#trusted = false;
    this.#target = null;
  }

  static {
    eventState = {
      __proto__: null,
      isEvent: (value) => #type in value,
      isDispatching: (event) => event.#dispatching,
      type: (event) => event.#type,
      bubbles: (event) => event.#bubbles,
      canceled: (event) => event.#canceled,
      setTrusted: (event) => {
        event.#trusted = true;
      },
      setPassive: (event, on) => {
        event.#passive = on;
      },
      stopped: (event) => event.#stopped,
      stoppedNow: (event) => event.#stoppedNow,
      begin(event, target, path) {
        event.#dispatching = true;
        event.#target = target;
        event.#path = path;
      },
      at(event, currentTarget, phase) {
        event.#currentTarget = currentTarget;
        event.#phase = phase;
      },
      end(event) {
        event.#dispatching = event.#stopped = event.#stoppedNow = false;
        event.#currentTarget = null;
        event.#phase = 0;
        event.#path = newList();
      },
    };
  }
}
webInterface(Event, 'Event');
const kPhases = { __proto__: null, NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 };
for (const name in kPhases) {
  const constant = { __proto__: null, value: kPhases[name], enumerable: true };
  ObjectDefineProperty(Event, name, constant);
  ObjectDefineProperty(Event.prototype, name, constant);
}

export class CustomEvent extends Event {
  #detail = null;
  constructor(type, init = undefined) {
    if (arguments.length === 0) throw new TypeErrorCtor('CustomEvent needs a type');
    super(type, init);
    this.#detail = init?.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}
webInterface(CustomEvent, 'CustomEvent');

export class ErrorEvent extends Event {
  #message = '';
  #filename = '';
  #lineno = 0;
  #colno = 0;
  #error = undefined;
  constructor(type, init = undefined) {
    if (arguments.length === 0) throw new TypeErrorCtor('ErrorEvent needs a type');
    super(type, init);
    if (init === undefined || init === null) return;
    if (init.message !== undefined) this.#message = toText(init.message);
    if (init.filename !== undefined) this.#filename = toText(init.filename);
    if (init.lineno !== undefined) this.#lineno = init.lineno >>> 0;
    if (init.colno !== undefined) this.#colno = init.colno >>> 0;
    this.#error = init.error;
  }
  get message() {
    return this.#message;
  }
  get filename() {
    return this.#filename;
  }
  get lineno() {
    return this.#lineno;
  }
  get colno() {
    return this.#colno;
  }
  get error() {
    return this.#error;
  }
}
webInterface(ErrorEvent, 'ErrorEvent');

export class PromiseRejectionEvent extends Event {
  #promise;
  #reason;
  constructor(type, init) {
    if (arguments.length < 2)
      throw new TypeErrorCtor('PromiseRejectionEvent needs type and options');
    super(type, init);
    if (init === null || init.promise === undefined) {
      throw new TypeErrorCtor('PromiseRejectionEvent needs a promise');
    }
    this.#promise = init.promise;
    this.#reason = init.reason;
  }
  get promise() {
    return this.#promise;
  }
  get reason() {
    return this.#reason;
  }
}
webInterface(PromiseRejectionEvent, 'PromiseRejectionEvent');

export function installEvents(global) {
  define(global, 'Event', Event);
  define(global, 'CustomEvent', CustomEvent);
  define(global, 'ErrorEvent', ErrorEvent);
  define(global, 'PromiseRejectionEvent', PromiseRejectionEvent);
}
