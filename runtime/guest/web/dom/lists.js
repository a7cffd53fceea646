// childNodes and children: live lists, each a Proxy over the links of its node, made when first
// asked for. The nodes are copied into an array that is kept until the children change.
import {
  define,
  ObjectFreeze,
  ObjectKeys,
  ObjectPrototypeHasOwnProperty,
  ProxyCtor,
  ReflectApply,
  SymbolIterator,
  TypeErrorCtor,
  webInterface,
} from '../primordials.js';
import { kElement, tree } from './node.js';

let making = false;

/** The face of a live list towards the app; its elements come from the proxy's traps. */
class NodeList {
  constructor() {
    if (!making) throw new TypeErrorCtor('NodeList cannot be constructed');
  }
  item(index) {
    return this[index >>> 0] ?? null;
  }
  forEach(callback, thisArg = undefined) {
    for (let i = 0; i < this.length; i++) ReflectApply(callback, thisArg, [this[i], i, this]);
  }
  *entries() {
    for (let i = 0; i < this.length; i++) yield [i, this[i]];
  }
  *keys() {
    for (let i = 0; i < this.length; i++) yield i;
  }
  *values() {
    for (let i = 0; i < this.length; i++) yield this[i];
  }
}
webInterface(NodeList, 'NodeList');
define(NodeList.prototype, SymbolIterator, NodeList.prototype.values);

function makeList() {
  making = true;
  try {
    return new NodeList();
  } finally {
    making = false;
  }
}

function indexOf(key) {
  if (typeof key !== 'string') return -1;
  const number = key >>> 0;
  return '' + number === key ? number : -1;
}

export class ChildList {
  #node;
  #elementsOnly;
  #items = null;
  #version = -1;

  constructor(node, elementsOnly) {
    this.#node = node;
    this.#elementsOnly = elementsOnly;
    const source = this;
    this.face = new ProxyCtor(makeList(), {
      __proto__: null,
      get(target, key) {
        if (key === 'length') return source.items().length;
        const index = indexOf(key);
        return index < 0 ? target[key] : source.items()[index];
      },
      has(target, key) {
        const index = indexOf(key);
        return index < 0 ? key in target || key === 'length' : index < source.items().length;
      },
      ownKeys: () => ObjectKeys(source.items()),
      getOwnPropertyDescriptor(_target, key) {
        const items = source.items();
        if (!ObjectPrototypeHasOwnProperty(items, key) || key === 'length') return undefined;
        return { value: items[key], writable: false, enumerable: true, configurable: true };
      },
      set: () => false,
      defineProperty: () => false,
      deleteProperty: () => false,
      preventExtensions: () => false,
      setPrototypeOf: () => false,
    });
    ObjectFreeze(this);
  }

  items() {
    if (this.#version === tree.version(this.#node)) return this.#items;
    const items = [];
    for (let c = tree.first(this.#node); c !== null; c = tree.next(c)) {
      if (!this.#elementsOnly || tree.kind(c) === kElement) define(items, items.length, c, true);
    }
    this.#items = items;
    this.#version = tree.version(this.#node);
    return items;
  }
}

/** A list that does not change: what querySelectorAll returns. */
export function staticList(items) {
  const list = makeList();
  for (let i = 0; i < items.length; i++) define(list, i, items[i], true);
  define(list, 'length', items.length);
  return ObjectFreeze(list);
}

export function installLists(global) {
  define(global, 'NodeList', NodeList);
}
