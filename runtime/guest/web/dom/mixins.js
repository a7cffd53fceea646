// ChildNode and ParentNode: the methods that several kinds of nodes have.
import { ChildList, staticList } from './lists.js';
import { detach, insert, kElement, tree, treeHooks } from './node.js';
import { selectAll, selectFirst } from './selectors.js';
import {
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ReflectOwnKeys,
  SafeWeakMap,
  toText,
} from '../primordials.js';

function mix(Class, methods) {
  const keys = ReflectOwnKeys(methods);
  for (let i = 0; i < keys.length; i++) {
    ObjectDefineProperty(Class.prototype, keys[i], {
      __proto__: null,
      ...ObjectGetOwnPropertyDescriptor(methods, keys[i]),
    });
  }
}

// Nodes as they are, anything else as text.
function nodeOf(value, document) {
  return tree.isNode(value) ? value : treeHooks.makeText(document, toText(value));
}

function isAmong(node, values) {
  for (let i = 0; i < values.length; i++) if (values[i] === node) return true;
  return false;
}

const childMethods = {
  remove() {
    if (tree.parent(this) !== null) detach(this);
  },
  before(...values) {
    const parent = tree.parent(this);
    if (parent === null) return;
    let anchor = this;
    while (anchor !== null && isAmong(anchor, values)) anchor = tree.next(anchor);
    for (let i = 0; i < values.length; i++) {
      insert(parent, nodeOf(values[i], tree.document(this)), anchor);
    }
  },
  after(...values) {
    const parent = tree.parent(this);
    if (parent === null) return;
    let next = tree.next(this);
    while (next !== null && isAmong(next, values)) next = tree.next(next);
    for (let i = 0; i < values.length; i++) {
      insert(parent, nodeOf(values[i], tree.document(this)), next);
    }
  },
  replaceWith(...values) {
    const parent = tree.parent(this);
    if (parent === null) return;
    let next = tree.next(this);
    while (next !== null && isAmong(next, values)) next = tree.next(next);
    if (!isAmong(this, values)) detach(this);
    for (let i = 0; i < values.length; i++) {
      insert(parent, nodeOf(values[i], tree.document(this)), next);
    }
  },
  get nextElementSibling() {
    let n = tree.next(this);
    while (n !== null && tree.kind(n) !== kElement) n = tree.next(n);
    return n;
  },
  get previousElementSibling() {
    let n = tree.previous(this);
    while (n !== null && tree.kind(n) !== kElement) n = tree.previous(n);
    return n;
  },
};

const childrenLists = new SafeWeakMap();

const parentMethods = {
  append(...values) {
    for (let i = 0; i < values.length; i++) {
      insert(this, nodeOf(values[i], tree.document(this)), null);
    }
  },
  prepend(...values) {
    let first = tree.first(this);
    while (first !== null && isAmong(first, values)) first = tree.next(first);
    for (let i = 0; i < values.length; i++) {
      insert(this, nodeOf(values[i], tree.document(this)), first);
    }
  },
  replaceChildren(...values) {
    for (let c = tree.first(this); c !== null; c = tree.first(this)) detach(c);
    for (let i = 0; i < values.length; i++) {
      insert(this, nodeOf(values[i], tree.document(this)), null);
    }
  },
  get children() {
    let list = childrenLists.get(this);
    if (list === undefined) childrenLists.set(this, (list = new ChildList(this, true)));
    return list.face;
  },
  get childElementCount() {
    return this.children.length;
  },
  get firstElementChild() {
    let n = tree.first(this);
    while (n !== null && tree.kind(n) !== kElement) n = tree.next(n);
    return n;
  },
  get lastElementChild() {
    let n = tree.last(this);
    while (n !== null && tree.kind(n) !== kElement) n = tree.previous(n);
    return n;
  },
  querySelector(selector) {
    return selectFirst(this, toText(selector));
  },
  querySelectorAll(selector) {
    return staticList(selectAll(this, toText(selector)));
  },
};

export function addChildMethods(Class) {
  mix(Class, childMethods);
}

export function addParentMethods(Class) {
  mix(Class, parentMethods);
}
