// The global object as an event target, its aliases, and the DOM.
import {
  defineHandlers,
  dispatch,
  EventTarget,
  eventTargetHooks,
  setFace,
} from './event_target.js';
import { ErrorEvent, eventState, PromiseRejectionEvent } from './event.js';
import { setGlobalEvents } from './report.js';
import { installCharacterData } from './dom/character_data.js';
import { documentHooks, installDocumentClasses, makeDocument } from './dom/document.js';
import { installElement } from './dom/element.js';
import { installHtmlElements } from './dom/html_element.js';
import { activeElement } from './dom/host_events.js';
import { installLists } from './dom/lists.js';
import { installNode, requireNode, tree } from './dom/node.js';
import { makeStyle } from './dom/style.js';
import { startView } from './dom/view.js';
import {
  define,
  ObjectDefineProperty,
  ReflectApply,
  StringPrototypeSlice,
  uncurryThis,
} from './primordials.js';

const kMessageCharsMax = 1000;

// Listeners of the global object live on this target; `face` shows them the global object.
const inner = new EventTarget();
const add = uncurryThis(EventTarget.prototype.addEventListener);
const remove = uncurryThis(EventTarget.prototype.removeEventListener);
const send = uncurryThis(EventTarget.prototype.dispatchEvent);

function fireTrusted(event) {
  eventState.setTrusted(event);
  return dispatch(inner, event);
}

function fireGlobalEvent(kind, { error, text, promise, reason }) {
  if (kind === 'error') {
    return fireTrusted(
      new ErrorEvent('error', {
        __proto__: null,
        cancelable: true,
        error,
        message: StringPrototypeSlice(text, 0, kMessageCharsMax),
      }),
    );
  }
  return fireTrusted(
    new PromiseRejectionEvent(kind, {
      __proto__: null,
      cancelable: kind === 'unhandledrejection',
      promise,
      reason,
    }),
  );
}

// onerror is called with five arguments, and returning true says that the error was handled.
function callOnError(handler, thisValue, event) {
  if (typeof handler !== 'function') return;
  const { message, filename, lineno, colno, error } = event;
  const result = ReflectApply(handler, thisValue, [message, filename, lineno, colno, error]);
  if (result === true) event.preventDefault();
}

export function installGlobalTarget(global) {
  setFace(inner, global);
  setGlobalEvents(fireGlobalEvent);
  const functions = {
    __proto__: null,
    addEventListener(type, callback, options = undefined) {
      add(inner, type, callback, options);
    },
    removeEventListener(type, callback, options = undefined) {
      remove(inner, type, callback, options);
    },
    dispatchEvent(event) {
      return send(inner, event);
    },
  };
  for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent']) {
    define(global, name, functions[name], true);
  }
  defineHandlers(global, ['unhandledrejection', 'rejectionhandled'], () => inner);
  defineHandlers(global, ['error'], () => inner, callOnError);
}

export function installDom(global) {
  const document = makeDocument();
  const { body, documentElement } = document;
  eventTargetHooks.parentOf = (target) => {
    if (target === document) return inner;
    return tree.isNode(target) ? tree.parent(target) : null;
  };
  startView(
    body,
    (target) =>
      target === body || target === documentElement || target === document || target === inner,
  );
  documentHooks.activeElement = activeElement;
  installNode(global);
  installCharacterData(global);
  installElement(global);
  installHtmlElements(global);
  installDocumentClasses(global);
  installLists(global);
  ObjectDefineProperty(global, 'document', {
    __proto__: null,
    value: document,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  // React reads window.event and window.document, Vue and others ask for `self`.
  define(global, 'self', global, true);
  define(global, 'window', global, true);
  // The host styles components: nothing is computed here, so a transition has no duration.
  define(global, 'getComputedStyle', emptyStyle, true);
}

function emptyStyle(element) {
  requireNode(element);
  return makeStyle();
}
ObjectDefineProperty(emptyStyle, 'name', { __proto__: null, value: 'getComputedStyle' });
