// classList over the class attribute. Classes stay in the guest: the host styles components itself.
import {
  newList,
  RegExpPrototypeExec,
  StringPrototypeSlice,
  SymbolIterator,
  toText,
  webInterface,
} from '../primordials.js';

const firstWord = /[^\s]+/;

function wordsOf(text) {
  const words = newList();
  let rest = text;
  for (
    let m = RegExpPrototypeExec(firstWord, rest);
    m !== null;
    m = RegExpPrototypeExec(firstWord, rest)
  ) {
    if (!isIn(words, m[0])) words[words.length] = m[0];
    rest = StringPrototypeSlice(rest, m.index + m[0].length);
  }
  return words;
}

/** Whether `word` is among the words of `text`. */
export function hasWord(text, word) {
  return isIn(wordsOf(text), word);
}

function isIn(words, word) {
  for (let i = 0; i < words.length; i++) if (words[i] === word) return true;
  return false;
}

export class ClassList {
  #element;
  constructor(element) {
    this.#element = element;
  }
  #words() {
    return wordsOf(this.#element.className);
  }
  #write(words, without) {
    let text = '';
    for (let i = 0; i < words.length; i++) {
      if (words[i] !== without) text += (text === '' ? '' : ' ') + words[i];
    }
    this.#element.className = text;
  }
  get length() {
    return this.#words().length;
  }
  get value() {
    return this.#element.className;
  }
  set value(text) {
    this.#element.className = text;
  }
  item(index) {
    return this.#words()[index] ?? null;
  }
  contains(word) {
    return isIn(this.#words(), toText(word));
  }
  add(...names) {
    const words = this.#words();
    for (let i = 0; i < names.length; i++) {
      const name = toText(names[i]);
      if (!isIn(words, name)) words[words.length] = name;
    }
    this.#write(words, undefined);
  }
  remove(...names) {
    for (let i = 0; i < names.length; i++) this.#write(this.#words(), toText(names[i]));
  }
  toggle(name, force = undefined) {
    const on = force === undefined ? !this.contains(name) : !!force;
    if (on) this.add(name);
    else this.remove(name);
    return on;
  }
  replace(from, to) {
    if (!this.contains(from)) return false;
    this.remove(from);
    this.add(to);
    return true;
  }
  toString() {
    return this.value;
  }
  *[SymbolIterator]() {
    const words = this.#words();
    for (let i = 0; i < words.length; i++) yield words[i];
  }
}
webInterface(ClassList, 'DOMTokenList');
