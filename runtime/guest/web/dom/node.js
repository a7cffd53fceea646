// Node: the links of the tree, and the one place where it changes. Links are private fields, so no
// app can build a tree that this code did not check.
import { DOMException } from '../dom_exception.js';
import { EventTarget } from '../event_target.js';
import { ChildList } from './lists.js';
import {
  define,
  newList,
  ObjectDefineProperty,
  toText,
  TypeErrorCtor,
  webInterface,
} from '../primordials.js';

export const kElement = 1;
export const kText = 3;
export const kComment = 8;
export const kDocument = 9;
export const kFragment = 11;

/** What modules that are loaded later plug in: the view, and text nodes. */
export const treeHooks = {
  __proto__: null,
  dataOf: null,
  makeText: null,
  inserted: (_parent, _node, _index) => {},
  removed: (_parent, _node, _index) => {},
  textChanged: (_node) => {},
};

/** Access to the private links for the modules of the DOM. */
export let tree;

let constructing = null;

/** Makes a node of `Class`; apps can call no constructor of a node. */
export function makeNode(Class, kind, document, argument) {
  const outer = constructing;
  constructing = { __proto__: null, kind, document };
  try {
    return new Class(argument);
  } finally {
    constructing = outer;
  }
}

export class Node extends EventTarget {
  #kind;
  #parent = null;
  #first = null;
  #last = null;
  #prev = null;
  #next = null;
  #count = 0;
  #version = 0;
  #document;
  #list = null;

  constructor() {
    if (constructing === null) throw new TypeErrorCtor('nodes are made by document.create…');
    super();
    this.#kind = constructing.kind;
    this.#document = constructing.document;
  }

  get nodeType() {
    return this.#kind;
  }
  get parentNode() {
    return this.#parent;
  }
  get parentElement() {
    return this.#parent !== null && this.#parent.#kind === kElement ? this.#parent : null;
  }
  get firstChild() {
    return this.#first;
  }
  get lastChild() {
    return this.#last;
  }
  get previousSibling() {
    return this.#prev;
  }
  get nextSibling() {
    return this.#next;
  }
  get ownerDocument() {
    return this.#kind === kDocument ? null : this.#document;
  }
  get isConnected() {
    return rootOf(this).#kind === kDocument;
  }
  get childNodes() {
    return (this.#list ??= new ChildList(this, false)).face;
  }
  hasChildNodes() {
    return this.#first !== null;
  }
  getRootNode() {
    return rootOf(this);
  }

  contains(other) {
    return other !== null && other !== undefined && isInclusiveAncestor(this, other);
  }

  appendChild(node) {
    return insert(this, node, null);
  }
  insertBefore(node, child) {
    return insert(this, node, child ?? null);
  }

  removeChild(child) {
    requireNode(child);
    if (child.#parent !== this) {
      throw new DOMException('the node to remove is not a child of this node', 'NotFoundError');
    }
    detach(child);
    return child;
  }

  replaceChild(node, child) {
    requireNode(child);
    if (child.#parent !== this) {
      throw new DOMException('the node to replace is not a child of this node', 'NotFoundError');
    }
    checkInsertion(this, node);
    const next = child.#next === node ? node.#next : child.#next;
    if (node !== child) detach(child);
    insert(this, node, next);
    return child;
  }

  get nodeValue() {
    return null;
  }
  set nodeValue(_ignored) {}

  get textContent() {
    let text = '';
    for (let n = nextInTree(this, this); n !== null; n = nextInTree(n, this)) {
      if (n.#kind === kText) text += treeHooks.dataOf(n);
    }
    return text;
  }
  set textContent(value) {
    const text = value === null ? '' : toText(value);
    while (this.#last !== null) detach(this.#last);
    if (text !== '') insert(this, treeHooks.makeText(this.#document, text), null);
  }

  normalize() {
    for (let n = nextInTree(this, this); n !== null;) {
      const next = nextInTree(n, this);
      if (n.#kind === kText) {
        const data = treeHooks.dataOf(n);
        if (data === '') detach(n);
        else if (next !== null && next.#kind === kText && next.#prev === n) {
          next.data = data + treeHooks.dataOf(next);
          detach(n);
        }
      }
      n = next;
    }
  }

  isSameNode(other) {
    return this === other;
  }

  compareDocumentPosition(other) {
    requireNode(other);
    if (this === other) return 0;
    if (rootOf(this) !== rootOf(other)) return 1 | 32 | 2;
    if (isInclusiveAncestor(this, other)) return 16 | 4;
    if (isInclusiveAncestor(other, this)) return 8 | 2;
    for (let n = this; n !== null; n = nextInTree(n, null)) if (n === other) return 4;
    return 2;
  }

  static {
    tree = {
      __proto__: null,
      isNode: (value) => typeof value === 'object' && value !== null && #parent in value,
      kind: (node) => node.#kind,
      parent: (node) => node.#parent,
      first: (node) => node.#first,
      last: (node) => node.#last,
      next: (node) => node.#next,
      previous: (node) => node.#prev,
      count: (node) => node.#count,
      version: (node) => node.#version,
      document: (node) => node.#document,
      setDocument: (node, document) => {
        node.#document = document;
      },
      link(parent, node, before) {
        const prev = before === null ? parent.#last : before.#prev;
        node.#parent = parent;
        node.#prev = prev;
        node.#next = before;
        if (prev === null) parent.#first = node;
        else prev.#next = node;
        if (before === null) parent.#last = node;
        else before.#prev = node;
        parent.#count++;
        parent.#version++;
      },
      unlink(node) {
        const parent = node.#parent;
        if (node.#prev === null) parent.#first = node.#next;
        else node.#prev.#next = node.#next;
        if (node.#next === null) parent.#last = node.#prev;
        else node.#next.#prev = node.#prev;
        node.#parent = node.#prev = node.#next = null;
        parent.#count--;
        parent.#version++;
      },
      /** The place of `node` among its siblings, walked from the nearer known end. */
      indexOf(node) {
        if (node.#next === null) return node.#parent.#count - 1;
        let index = 0;
        for (let n = node.#prev; n !== null; n = n.#prev) index++;
        return index;
      },
    };
  }
}
webInterface(Node, 'Node');
const kTypes = {
  __proto__: null,
  ELEMENT_NODE: 1,
  ATTRIBUTE_NODE: 2,
  TEXT_NODE: 3,
  CDATA_SECTION_NODE: 4,
  PROCESSING_INSTRUCTION_NODE: 7,
  COMMENT_NODE: 8,
  DOCUMENT_NODE: 9,
  DOCUMENT_TYPE_NODE: 10,
  DOCUMENT_FRAGMENT_NODE: 11,
};
for (const name in kTypes) {
  const constant = { __proto__: null, value: kTypes[name], enumerable: true };
  ObjectDefineProperty(Node, name, constant);
  ObjectDefineProperty(Node.prototype, name, constant);
}

export function requireNode(value) {
  if (!tree.isNode(value)) throw new TypeErrorCtor('a Node is needed here');
}

function rootOf(node) {
  let root = node;
  for (let p = tree.parent(root); p !== null; p = tree.parent(p)) root = p;
  return root;
}

export function isInclusiveAncestor(ancestor, node) {
  for (let n = node; n !== null; n = tree.parent(n)) if (n === ancestor) return true;
  return false;
}

/** The node after `node` in document order, inside `root`; null at the end. */
export function nextInTree(node, root) {
  const first = tree.first(node);
  if (first !== null) return first;
  for (let n = node; n !== null && n !== root; n = tree.parent(n)) {
    const next = tree.next(n);
    if (next !== null) return next;
  }
  return null;
}

function checkInsertion(parent, node) {
  requireNode(node);
  const into = tree.kind(parent);
  const allowed =
    into === kElement || into === kFragment || (into === kDocument && tree.first(parent) === null);
  if (!allowed || tree.kind(node) === kDocument) {
    throw new DOMException('a node of this kind cannot be put here', 'HierarchyRequestError');
  }
  if (isInclusiveAncestor(node, parent)) {
    throw new DOMException('a node cannot be put into itself', 'HierarchyRequestError');
  }
}

/** Puts `node` (or the children of a fragment) into `parent` before `before`; null means last. */
export function insert(parent, node, before) {
  checkInsertion(parent, node);
  if (before !== null) {
    requireNode(before);
    if (tree.parent(before) !== parent) {
      throw new DOMException('the node to insert before is not a child', 'NotFoundError');
    }
  }
  if (tree.kind(node) === kFragment) {
    const children = newList();
    for (let c = tree.first(node); c !== null; c = tree.next(c)) children[children.length] = c;
    for (let i = 0; i < children.length; i++) place(parent, children[i], before);
  } else {
    place(parent, node, before === node ? tree.next(node) : before);
  }
  return node;
}

function place(parent, node, before) {
  if (tree.parent(node) !== null) detach(node);
  tree.link(parent, node, before);
  treeHooks.inserted(parent, node, tree.indexOf(node));
}

export function detach(node) {
  const parent = tree.parent(node);
  const index = tree.indexOf(node);
  tree.unlink(node);
  treeHooks.removed(parent, node, index);
}

export function installNode(global) {
  define(global, 'Node', Node);
}
