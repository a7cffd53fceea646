// Text and Comment.
import { insert, kComment, kText, makeNode, Node, tree, treeHooks } from './node.js';
import { addChildMethods } from './mixins.js';
import { define, StringPrototypeSlice, toText, webInterface } from '../primordials.js';

export class CharacterData extends Node {
  #data;
  constructor(data) {
    super();
    this.#data = data;
  }
  get data() {
    return this.#data;
  }
  set data(value) {
    const text = value === null ? '' : toText(value);
    if (text === this.#data) return;
    this.#data = text;
    treeHooks.textChanged(this);
  }
  get length() {
    return this.#data.length;
  }
  get nodeValue() {
    return this.#data;
  }
  set nodeValue(value) {
    this.data = value ?? '';
  }
  get textContent() {
    return this.#data;
  }
  set textContent(value) {
    this.data = value ?? '';
  }
  appendData(text) {
    this.data = this.#data + text;
  }
  substringData(offset, count) {
    return StringPrototypeSlice(this.#data, offset, offset + count);
  }
  replaceData(offset, count, text) {
    this.data =
      StringPrototypeSlice(this.#data, 0, offset) +
      text +
      StringPrototypeSlice(this.#data, offset + count);
  }
  insertData(offset, text) {
    this.replaceData(offset, 0, text);
  }
  deleteData(offset, count) {
    this.replaceData(offset, count, '');
  }
  cloneNode() {
    return copyText(this);
  }
  static {
    treeHooks.dataOf = (node) => node.#data;
  }
}
addChildMethods(CharacterData);
webInterface(CharacterData, 'CharacterData');

export class Text extends CharacterData {
  constructor(data) {
    super(data);
  }
  get nodeName() {
    return '#text';
  }
  splitText(offset) {
    const rest = makeText(tree.document(this), StringPrototypeSlice(this.data, offset));
    this.data = StringPrototypeSlice(this.data, 0, offset);
    if (tree.parent(this) !== null) insert(tree.parent(this), rest, tree.next(this));
    return rest;
  }
}
webInterface(Text, 'Text');

export class Comment extends CharacterData {
  constructor(data) {
    super(data);
  }
  get nodeName() {
    return '#comment';
  }
}
webInterface(Comment, 'Comment');

function makeText(document, data) {
  return makeNode(Text, kText, document, data);
}
treeHooks.makeText = makeText;

export function makeComment(document, data) {
  return makeNode(Comment, kComment, document, data);
}

/** Another text node or comment with the same data. */
export function copyText(node) {
  const make = tree.kind(node) === kText ? makeText : makeComment;
  return make(tree.document(node), treeHooks.dataOf(node));
}

export function installCharacterData(global) {
  define(global, 'CharacterData', CharacterData);
  define(global, 'Text', Text);
  define(global, 'Comment', Comment);
}
