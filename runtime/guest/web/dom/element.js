// Element: attributes, the live properties of form controls, and the properties that stand for an
// attribute. There is no HTML: setting innerHTML to anything but nothing is refused.
import { DOMException } from '../dom_exception.js';
import { defineHandlers } from '../event_target.js';
import { ClassList } from './class_list.js';
import { makeStyle } from './style.js';
import { addChildMethods, addParentMethods } from './mixins.js';
import { insert, kElement, nextInTree, Node, requireNode, tree } from './node.js';
import { copyText } from './character_data.js';
import { staticList } from './lists.js';
import { matches, selectAll } from './selectors.js';
import {
  BooleanCtor,
  define,
  NumberCtor,
  ObjectDefineProperty,
  ObjectFreeze,
  quoted,
  RegExpPrototypeExec,
  SafeMap,
  StringPrototypeToLowerCase,
  StringPrototypeToUpperCase,
  toNumber,
  toText,
  webInterface,
} from '../primordials.js';

const kHtmlNamespace = 'http://www.w3.org/1999/xhtml';
const validName = /^[^\s"'<>/=\u0000-\u001f\u007f]{1,256}$/;

// Properties that are the attribute of the same name (lower-cased), read as text or as presence.
const kTextProperties = [
  'id',
  'title',
  'name',
  'placeholder',
  'href',
  'src',
  'alt',
  'label',
  'role',
  'lang',
  'dir',
  'pattern',
  'min',
  'max',
  'step',
  'rel',
  'target',
  'method',
  'autocomplete',
  'inputMode',
  'variant',
];
const kFlagProperties = [
  'required',
  'readOnly',
  'multiple',
  'hidden',
  'open',
  'autofocus',
];
const kHandlers = [
  'click',
  'dblclick',
  'input',
  'change',
  'submit',
  'reset',
  'focus',
  'blur',
  'focusin',
  'focusout',
  'keydown',
  'keyup',
  'pointerdown',
  'pointerup',
  'touchstart',
  'touchend',
  'select',
  'scroll',
  'toggle',
  'close',
  'cancel',
  'load',
  'error',
];

// Stands for the attributes of every element that has none; nothing is ever put into it.
const kNoAttributes = new SafeMap();

/** What the view wants to know; view.js plugs itself in. */
export const elementHooks = {
  __proto__: null,
  attributeChanged: (_element, _name, _value) => {},
  propertyChanged: (_element, _name, _value) => {},
  /** Whether attribute and property of value and checked are two things; controls.js says. */
  isSplit: (_element) => false,
};

/** Access to the private state of elements for the bootstrap. */
export let elementState;

export class Element extends Node {
  #name;
  #namespace;
  // Made with the first attribute.
  #attributes = kNoAttributes;
  // value, checked and disabled once they were set as properties or by the host.
  #live = undefined;
  #classes = undefined;
  #style = undefined;

  constructor({ name, namespace }) {
    super();
    this.#name = name;
    this.#namespace = namespace;
  }

  get localName() {
    return this.#name;
  }
  get tagName() {
    return this.#namespace === kHtmlNamespace ? StringPrototypeToUpperCase(this.#name) : this.#name;
  }
  get nodeName() {
    return this.tagName;
  }
  get namespaceURI() {
    return this.#namespace;
  }
  get prefix() {
    return null;
  }

  getAttribute(name) {
    return this.#attributes.get(this.#nameOf(name)) ?? null;
  }
  hasAttribute(name) {
    return this.#attributes.has(this.#nameOf(name));
  }
  setAttribute(name, value) {
    const key = this.#nameOf(name);
    if (RegExpPrototypeExec(validName, key) === null) {
      throw new DOMException(
        quoted(key) + ' is not a name of an attribute',
        'InvalidCharacterError',
      );
    }
    const text = toText(value);
    const outdated = this.#dropLive(key);
    if (!outdated && this.#attributes.get(key) === text) return;
    if (this.#attributes === kNoAttributes) this.#attributes = new SafeMap();
    this.#attributes.set(key, text);
    elementHooks.attributeChanged(this, key, text);
  }
  removeAttribute(name) {
    const key = this.#nameOf(name);
    const outdated = this.#dropLive(key);
    if (this.#attributes.delete(key) || outdated) elementHooks.attributeChanged(this, key, null);
  }
  // Where attribute and property are one, a new attribute takes the place of what was set before.
  #dropLive(key) {
    const live = this.#live;
    if (live === undefined || !(key in live) || live[key] === undefined) return false;
    if (key !== 'disabled' && elementHooks.isSplit(this)) return false;
    live[key] = undefined;
    return true;
  }
  toggleAttribute(name, force = undefined) {
    const on = force === undefined ? !this.hasAttribute(name) : BooleanCtor(force);
    if (on && !this.hasAttribute(name)) this.setAttribute(name, '');
    if (!on) this.removeAttribute(name);
    return on;
  }
  setAttributeNS(_namespace, name, value) {
    this.setAttribute(name, value);
  }
  getAttributeNS(_namespace, name) {
    return this.getAttribute(name);
  }
  hasAttributeNS(_namespace, name) {
    return this.hasAttribute(name);
  }
  removeAttributeNS(_namespace, name) {
    this.removeAttribute(name);
  }
  hasAttributes() {
    return this.#attributes.size > 0;
  }
  getAttributeNames() {
    const names = [];
    this.#attributes.forEach((_, name) => define(names, names.length, name, true));
    return names;
  }
  get attributes() {
    const list = [];
    this.#attributes.forEach((value, name) =>
      define(
        list,
        list.length,
        ObjectFreeze({ name, localName: name, value, nodeValue: value }),
        true,
      ),
    );
    return ObjectFreeze(list);
  }
  #nameOf(name) {
    return StringPrototypeToLowerCase(toText(name));
  }

  get className() {
    return this.getAttribute('class') ?? '';
  }
  set className(value) {
    this.setAttribute('class', value);
  }
  get classList() {
    return (this.#classes ??= new ClassList(this));
  }
  get style() {
    return (this.#style ??= makeStyle());
  }
  set style(text) {
    this.style.cssText = toText(text);
  }
  get tabIndex() {
    return NumberCtor(this.getAttribute('tabindex') ?? -1);
  }
  set tabIndex(value) {
    this.setAttribute('tabindex', toNumber(value));
  }
  get htmlFor() {
    return this.getAttribute('for') ?? '';
  }
  set htmlFor(value) {
    this.setAttribute('for', value);
  }

  get innerHTML() {
    return this.textContent;
  }
  set innerHTML(value) {
    if (value !== null && value !== undefined && toText(value) !== '') {
      throw new DOMException(
        'there is no HTML in a mini-app: use nodes or textContent',
        'NotSupportedError',
      );
    }
    this.textContent = '';
  }
  get innerText() {
    return this.textContent;
  }
  set innerText(value) {
    this.textContent = value;
  }

  matches(selector) {
    return matches(this, toText(selector));
  }
  closest(selector) {
    const text = toText(selector);
    for (let e = this; e !== null; e = e.parentElement) if (matches(e, text)) return e;
    return null;
  }
  getElementsByTagName(name) {
    return staticList(selectAll(this, toText(name)));
  }
  getElementsByClassName(name) {
    return staticList(selectAll(this, '.' + name));
  }

  insertAdjacentElement(where, node) {
    requireNode(node);
    switch (StringPrototypeToLowerCase(toText(where))) {
      case 'beforebegin':
        this.before(node);
        break;
      case 'afterbegin':
        this.prepend(node);
        break;
      case 'beforeend':
        this.append(node);
        break;
      case 'afterend':
        this.after(node);
        break;
      default:
        throw new DOMException('there is no such place', 'SyntaxError');
    }
    return node;
  }

  cloneNode(deep = false) {
    const copy = shallowCopy(this);
    if (!deep) return copy;
    // `from` and `to` walk down and up together, without recursion.
    let from = this;
    let to = copy;
    for (let n = nextInTree(this, this); n !== null; n = nextInTree(n, this)) {
      for (const parent = tree.parent(n); from !== parent; from = tree.parent(from)) {
        to = tree.parent(to);
      }
      const child = tree.kind(n) === kElement ? shallowCopy(n) : copyText(n);
      insert(to, child, null);
      from = n;
      to = child;
    }
    return copy;
  }

  click() {
    elementState.click(this);
  }
  focus() {}
  blur() {}

  static {
    elementState = {
      __proto__: null,
      name: (element) => element.#name,
      namespace: (element) => element.#namespace,
      attributes: (element) => element.#attributes,
      live: (element) => element.#live,
      /** Sets a live property without a record of it: as the host reports it, or before one. */
      setLive(element, name, value) {
        const live = (element.#live ??= newLiveState());
        live[name] = value;
      },
      copyTo(from, to) {
        if (from.#attributes.size > 0) to.#attributes = new SafeMap();
        from.#attributes.forEach((value, name) => to.#attributes.set(name, value));
        if (from.#live !== undefined) to.#live = { __proto__: null, ...from.#live };
      },
      // Set by the modules that are loaded after this one.
      click: null,
      make: null,
    };
  }
}

function newLiveState() {
  return { __proto__: null, value: undefined, checked: undefined, disabled: undefined };
}

function shallowCopy(element) {
  const copy = elementState.make(
    elementState.name(element),
    elementState.namespace(element),
    tree.document(element),
  );
  elementState.copyTo(element, copy);
  return copy;
}

function reflectText(name) {
  const attribute = name.toLowerCase();
  ObjectDefineProperty(Element.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute) ?? '';
    },
    set(value) {
      this.setAttribute(attribute, value);
    },
  });
}

function reflectFlag(name) {
  const attribute = name.toLowerCase();
  ObjectDefineProperty(Element.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return this.hasAttribute(attribute);
    },
    set(value) {
      this.toggleAttribute(attribute, BooleanCtor(value));
    },
  });
}
for (const name of kTextProperties) reflectText(name);
for (const name of kFlagProperties) reflectFlag(name);
addChildMethods(Element);
addParentMethods(Element);
defineHandlers(Element.prototype, kHandlers, (element) => element);
webInterface(Element, 'Element');

export function installElement(global) {
  define(global, 'Element', Element);
}
