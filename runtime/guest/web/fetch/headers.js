// Headers, as the Fetch standard has them, with no guard: what a mini-app may not send is refused
// by the host, which says which header it was.
import {
  define,
  isObject,
  newList,
  ObjectGetOwnPropertyDescriptor,
  ReflectApply,
  ReflectOwnKeys,
  RegExpPrototypeExec,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  SymbolIterator,
  toText,
  TypeErrorCtor,
  webInterface,
} from '../primordials.js';

const kHeadersMax = 256;
const tokenForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const valueForm = /^[\u0001-\u0009\u000b\u000c\u000e-\u00ff]*$/;

/** Access to the list for the bootstrap. */
export let headersState;

function nameOf(value) {
  const name = toText(value);
  if (RegExpPrototypeExec(tokenForm, name) === null) {
    throw new TypeErrorCtor('that is no name of a header');
  }
  return StringPrototypeToLowerCase(name);
}

function isSpace(code) {
  return code === 9 || code === 10 || code === 13 || code === 32;
}

function valueOf(given) {
  const text = toText(given);
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(StringPrototypeCharCodeAt(text, start))) start++;
  while (end > start && isSpace(StringPrototypeCharCodeAt(text, end - 1))) end--;
  const value = StringPrototypeSlice(text, start, end);
  if (RegExpPrototypeExec(valueForm, value) === null) {
    throw new TypeErrorCtor('the value of a header is one line of characters up to U+00FF');
  }
  return value;
}

function fillFromSequence(headers, sequence, method) {
  const iterator = ReflectApply(method, sequence, []);
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    if (!isObject(step.value)) throw new TypeErrorCtor('each header must be a list of two');
    const inner = step.value[SymbolIterator]();
    const items = newList();
    for (let s = inner.next(); !s.done && items.length < 3; s = inner.next()) {
      items[items.length] = s.value;
    }
    if (items.length !== 2) throw new TypeErrorCtor('each header must be a list of two');
    headersState.append(headers, items[0], items[1]);
  }
}

function fillFromRecord(headers, record) {
  const keys = ReflectOwnKeys(record);
  for (let i = 0; i < keys.length; i++) {
    const descriptor = ObjectGetOwnPropertyDescriptor(record, keys[i]);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    if (typeof keys[i] === 'symbol') throw new TypeErrorCtor('a name must not be a symbol');
    headersState.append(headers, keys[i], record[keys[i]]);
  }
}

function need(given, wanted) {
  if (given < wanted) throw new TypeErrorCtor(wanted + ' arguments are needed');
}

export class Headers {
  // {name in lower case, value}, in the order in which they were added.
  #list = newList();

  constructor(init = undefined) {
    if (init === undefined) return;
    if (!isObject(init)) throw new TypeErrorCtor('headers are an object or a list of pairs');
    if (#list in init) {
      for (let i = 0; i < init.#list.length; i++) {
        this.#append(init.#list[i].name, init.#list[i].value);
      }
      return;
    }
    const method = init[SymbolIterator];
    if (typeof method === 'function') fillFromSequence(this, init, method);
    else fillFromRecord(this, init);
  }

  append(name, value) {
    need(arguments.length, 2);
    this.#append(nameOf(name), valueOf(value));
  }
  delete(name) {
    need(arguments.length, 1);
    this.#remove(nameOf(name));
  }
  get(name) {
    need(arguments.length, 1);
    return this.#get(nameOf(name));
  }
  getSetCookie() {
    this.#list;
    return [];
  }
  has(name) {
    need(arguments.length, 1);
    return this.#get(nameOf(name)) !== null;
  }
  set(name, value) {
    need(arguments.length, 2);
    const wanted = nameOf(name);
    const text = valueOf(value);
    this.#remove(wanted);
    this.#append(wanted, text);
  }
  forEach(callback, thisArg = undefined) {
    if (typeof callback !== 'function') throw new TypeErrorCtor('forEach needs a function');
    const all = this.#sorted();
    for (let i = 0; i < all.length; i++) {
      ReflectApply(callback, thisArg, [all[i].value, all[i].name, this]);
    }
  }
  *entries() {
    const all = this.#sorted();
    for (let i = 0; i < all.length; i++) yield [all[i].name, all[i].value];
  }
  *keys() {
    const all = this.#sorted();
    for (let i = 0; i < all.length; i++) yield all[i].name;
  }
  *values() {
    const all = this.#sorted();
    for (let i = 0; i < all.length; i++) yield all[i].value;
  }

  #append(name, value) {
    if (this.#list.length >= kHeadersMax) {
      throw new TypeErrorCtor('more than ' + kHeadersMax + ' headers');
    }
    this.#list[this.#list.length] = { __proto__: null, name, value };
  }
  #remove(name) {
    const kept = newList();
    for (let i = 0; i < this.#list.length; i++) {
      if (this.#list[i].name !== name) kept[kept.length] = this.#list[i];
    }
    this.#list = kept;
  }
  #get(name) {
    let text = null;
    for (let i = 0; i < this.#list.length; i++) {
      if (this.#list[i].name !== name) continue;
      text = (text === null ? '' : text + ', ') + this.#list[i].value;
    }
    return text;
  }
  // By name, each once.
  #sorted() {
    const all = newList();
    for (let i = 0; i < this.#list.length; i++) {
      const { name } = this.#list[i];
      let at = 0;
      while (at < all.length && all[at].name < name) at++;
      if (at < all.length && all[at].name === name) continue;
      for (let k = all.length; k > at; k--) all[k] = all[k - 1];
      all[at] = { __proto__: null, name, value: this.#get(name) };
    }
    return all;
  }

  static {
    headersState = {
      __proto__: null,
      append: (headers, name, value) => headers.#append(nameOf(name), valueOf(value)),
      get: (headers, name) => headers.#get(name),
      list: (headers) => headers.#list,
    };
  }
}
webInterface(Headers, 'Headers');
define(Headers.prototype, SymbolIterator, Headers.prototype.entries);
