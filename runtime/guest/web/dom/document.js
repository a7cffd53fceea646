// Document and DocumentFragment. There is one document; its body is the root of the view.
import { DOMException } from '../dom_exception.js';
import { CustomEvent, Event } from '../event.js';
import { defineHandlers } from '../event_target.js';
import { makeComment } from './character_data.js';
import { elementState } from './element.js';
import { kHtmlNamespace, makeElement, makeHtmlElement } from './html_element.js';
import { addParentMethods } from './mixins.js';
import { staticList } from './lists.js';
import {
  insert,
  kDocument,
  kElement,
  kFragment,
  makeNode,
  nextInTree,
  Node,
  requireNode,
  tree,
  treeHooks,
} from './node.js';
import { selectAll } from './selectors.js';
import { globalObject } from '../state.js';
import { define, toText, webInterface } from '../primordials.js';

/** Which element the user is in; host_events.js knows. */
export const documentHooks = { __proto__: null, activeElement: () => null };

export class DocumentFragment extends Node {
  constructor() {
    super();
  }
  get nodeName() {
    return '#document-fragment';
  }
  cloneNode(deep = false) {
    const copy = makeFragment(tree.document(this));
    for (let c = deep ? tree.first(this) : null; c !== null; c = tree.next(c)) {
      insert(copy, c.cloneNode(true), null);
    }
    return copy;
  }
}
addParentMethods(DocumentFragment);
webInterface(DocumentFragment, 'DocumentFragment');

function makeFragment(document) {
  return makeNode(DocumentFragment, kFragment, document);
}

export class Document extends Node {
  #title = '';
  #html;
  #head;
  #body;

  constructor(start) {
    super();
    start(this, (html, head, body) => {
      this.#html = html;
      this.#head = head;
      this.#body = body;
    });
  }
  get nodeName() {
    return '#document';
  }
  get textContent() {
    return null;
  }
  set textContent(_ignored) {}
  get documentElement() {
    return this.#html;
  }
  get head() {
    return this.#head;
  }
  get body() {
    return this.#body;
  }
  get defaultView() {
    return globalObject;
  }
  get activeElement() {
    return documentHooks.activeElement() ?? this.#body;
  }
  get readyState() {
    return 'complete';
  }
  get visibilityState() {
    return 'visible';
  }
  get hidden() {
    return false;
  }
  get title() {
    return this.#title;
  }
  set title(text) {
    this.#title = toText(text);
  }

  createElement(name) {
    return makeHtmlElement(toText(name), this);
  }
  createElementNS(namespace, name) {
    const uri = toText(namespace);
    return uri === kHtmlNamespace
      ? this.createElement(name)
      : makeElement(toText(name), uri, this);
  }
  createTextNode(data) {
    return treeHooks.makeText(this, toText(data));
  }
  createComment(data) {
    return makeComment(this, toText(data));
  }
  createDocumentFragment() {
    return makeFragment(this);
  }
  createEvent(kind) {
    return toText(kind) === 'CustomEvent' ? new CustomEvent('') : new Event('');
  }
  importNode(node, deep = false) {
    requireNode(node);
    return node.cloneNode(deep);
  }
  adoptNode(node) {
    requireNode(node);
    node.remove?.();
    return node;
  }
  cloneNode() {
    throw new DOMException('the document cannot be copied', 'NotSupportedError');
  }
  getElementById(id) {
    const wanted = toText(id);
    for (let n = nextInTree(this, this); n !== null; n = nextInTree(n, this)) {
      if (tree.kind(n) === kElement && elementState.attributes(n).get('id') === wanted) return n;
    }
    return null;
  }
  getElementsByTagName(name) {
    return staticList(selectAll(this, toText(name)));
  }
  getElementsByClassName(name) {
    return staticList(selectAll(this, '.' + name));
  }
  hasFocus() {
    return true;
  }
}
addParentMethods(Document);
defineHandlers(
  Document.prototype,
  ['click', 'input', 'change', 'keydown', 'keyup', 'visibilitychange'],
  (document) => document,
);
webInterface(Document, 'Document');

/** Makes the one document with html, head and body. */
export function makeDocument() {
  const document = makeNode(Document, kDocument, null, (self, set) => {
    tree.setDocument(self, self);
    const html = makeElement('html', kHtmlNamespace, self);
    const head = makeElement('head', kHtmlNamespace, self);
    const body = makeElement('body', kHtmlNamespace, self);
    set(html, head, body);
  });
  insert(document, document.documentElement, null);
  insert(document.documentElement, document.head, null);
  insert(document.documentElement, document.body, null);
  return document;
}

export function installDocumentClasses(global) {
  define(global, 'Document', Document);
  define(global, 'DocumentFragment', DocumentFragment);
}
