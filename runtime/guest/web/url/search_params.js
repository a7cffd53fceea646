// URLSearchParams: an ordered list of pairs, alone or as the query of a URL.
import { inForm, percentDecode, percentEncode } from './percent.js';
import {
  define,
  isObject,
  newList,
  ObjectGetOwnPropertyDescriptor,
  ReflectApply,
  ReflectOwnKeys,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  SymbolIterator,
  toText,
  toWellFormed,
  TypeErrorCtor,
  webInterface,
} from '../primordials.js';

/** Access to the list for URL. */
export let paramsState;

function replaceAll(text, from, to) {
  let out = '';
  let start = 0;
  for (
    let at = StringPrototypeIndexOf(text, from);
    at >= 0;
    at = StringPrototypeIndexOf(text, from, start)
  ) {
    out += StringPrototypeSlice(text, start, at) + to;
    start = at + from.length;
  }
  return out + StringPrototypeSlice(text, start);
}

function decode(text) {
  return percentDecode(replaceAll(text, '+', ' '));
}

function encode(text) {
  return replaceAll(
    percentEncode(text, (code) => code !== 32 && inForm(code)),
    ' ',
    '+',
  );
}

function usv(value) {
  return toWellFormed(toText(value));
}

/** Pairs of an application/x-www-form-urlencoded text. */
function parseForm(text) {
  const pairs = newList();
  for (let from = 0; from <= text.length;) {
    const amp = StringPrototypeIndexOf(text, '&', from);
    const end = amp < 0 ? text.length : amp;
    const piece = StringPrototypeSlice(text, from, end);
    from = end + 1;
    if (piece === '') continue;
    const equals = StringPrototypeIndexOf(piece, '=');
    const name = equals < 0 ? piece : StringPrototypeSlice(piece, 0, equals);
    const value = equals < 0 ? '' : StringPrototypeSlice(piece, equals + 1);
    pairs[pairs.length] = { __proto__: null, name: decode(name), value: decode(value) };
  }
  return pairs;
}

function serialize(pairs) {
  let text = '';
  for (let i = 0; i < pairs.length; i++) {
    text += (i === 0 ? '' : '&') + encode(pairs[i].name) + '=' + encode(pairs[i].value);
  }
  return text;
}

function pairsOfSequence(sequence, method) {
  const pairs = newList();
  const iterator = ReflectApply(method, sequence, []);
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    const items = newList();
    if (!isObject(step.value)) throw new TypeErrorCtor('each pair must be a list of two');
    const inner = step.value[SymbolIterator]();
    for (let s = inner.next(); !s.done; s = inner.next()) {
      if (items.length === 2) throw new TypeErrorCtor('each pair must be a list of two');
      items[items.length] = s.value;
    }
    if (items.length !== 2) throw new TypeErrorCtor('each pair must be a list of two');
    pairs[pairs.length] = { __proto__: null, name: usv(items[0]), value: usv(items[1]) };
  }
  return pairs;
}

function pairsOfRecord(record) {
  const pairs = newList();
  const keys = ReflectOwnKeys(record);
  for (let i = 0; i < keys.length; i++) {
    const descriptor = ObjectGetOwnPropertyDescriptor(record, keys[i]);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    if (typeof keys[i] === 'symbol') throw new TypeErrorCtor('a name must not be a symbol');
    const name = usv(keys[i]);
    const value = usv(record[keys[i]]);
    let at = 0;
    while (at < pairs.length && pairs[at].name !== name) at++;
    pairs[at] = { __proto__: null, name, value };
  }
  return pairs;
}

export class URLSearchParams {
  #pairs = newList();
  // Called with the new text after each change; a URL that owns the list sets it.
  #changed = null;

  constructor(init = '') {
    if (isObject(init)) {
      const method = init[SymbolIterator];
      if (method !== undefined && method !== null && typeof method !== 'function') {
        throw new TypeErrorCtor('the iterator of the pairs is not a function');
      }
      this.#pairs =
        typeof method === 'function' ? pairsOfSequence(init, method) : pairsOfRecord(init);
    } else {
      const text = usv(init);
      this.#pairs = parseForm(
        StringPrototypeStartsWith(text, '?') ? StringPrototypeSlice(text, 1) : text,
      );
    }
  }

  get size() {
    return this.#pairs.length;
  }
  append(name, value) {
    need(arguments.length, 2);
    this.#pairs[this.#pairs.length] = { __proto__: null, name: usv(name), value: usv(value) };
    this.#update();
  }
  delete(name, value = undefined) {
    need(arguments.length, 1);
    const wanted = usv(name);
    const only = value === undefined ? undefined : usv(value);
    this.#keep((p) => p.name !== wanted || (only !== undefined && p.value !== only));
  }
  get(name) {
    need(arguments.length, 1);
    const at = this.#find(usv(name), undefined);
    return at < 0 ? null : this.#pairs[at].value;
  }
  getAll(name) {
    need(arguments.length, 1);
    const wanted = usv(name);
    const values = [];
    for (let i = 0; i < this.#pairs.length; i++) {
      if (this.#pairs[i].name === wanted) define(values, values.length, this.#pairs[i].value, true);
    }
    return values;
  }
  has(name, value = undefined) {
    need(arguments.length, 1);
    return this.#find(usv(name), value === undefined ? undefined : usv(value)) >= 0;
  }
  set(name, value) {
    need(arguments.length, 2);
    const wanted = usv(name);
    const text = usv(value);
    const at = this.#find(wanted, undefined);
    if (at < 0) {
      this.append(wanted, text);
      return;
    }
    this.#pairs[at].value = text;
    const first = this.#pairs[at];
    this.#keep((p) => p === first || p.name !== wanted);
  }
  sort() {
    // A stable insertion by merging halves; names compare by code units.
    this.#pairs = sortPairs(this.#pairs);
    this.#update();
  }
  forEach(callback, thisArg = undefined) {
    if (typeof callback !== 'function') throw new TypeErrorCtor('forEach needs a function');
    for (let i = 0; i < this.#pairs.length; i++) {
      ReflectApply(callback, thisArg, [this.#pairs[i].value, this.#pairs[i].name, this]);
    }
  }
  *entries() {
    for (let i = 0; i < this.#pairs.length; i++) yield [this.#pairs[i].name, this.#pairs[i].value];
  }
  *keys() {
    for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i].name;
  }
  *values() {
    for (let i = 0; i < this.#pairs.length; i++) yield this.#pairs[i].value;
  }
  toString() {
    return serialize(this.#pairs);
  }

  #find(name, value) {
    for (let i = 0; i < this.#pairs.length; i++) {
      const pair = this.#pairs[i];
      if (pair.name === name && (value === undefined || pair.value === value)) return i;
    }
    return -1;
  }
  #keep(test) {
    const kept = newList();
    for (let i = 0; i < this.#pairs.length; i++) {
      if (test(this.#pairs[i])) kept[kept.length] = this.#pairs[i];
    }
    this.#pairs = kept;
    this.#update();
  }
  #update() {
    if (this.#changed !== null) this.#changed(serialize(this.#pairs));
  }

  static {
    paramsState = {
      __proto__: null,
      fill(params, query) {
        params.#pairs = query === null ? newList() : parseForm(query);
      },
      /** The list as a form's text; undefined for what is no URLSearchParams. */
      textOf(value) {
        return #pairs in value ? serialize(value.#pairs) : undefined;
      },
      bind(params, changed) {
        params.#changed = changed;
      },
    };
  }
}
webInterface(URLSearchParams, 'URLSearchParams');
define(URLSearchParams.prototype, SymbolIterator, URLSearchParams.prototype.entries);

function need(given, wanted) {
  if (given < wanted) throw new TypeErrorCtor(wanted + ' arguments are needed');
}

function sortPairs(pairs) {
  if (pairs.length < 2) return pairs;
  const half = pairs.length >> 1;
  const left = newList();
  const right = newList();
  for (let i = 0; i < pairs.length; i++) {
    if (i < half) left[i] = pairs[i];
    else right[i - half] = pairs[i];
  }
  return merge(sortPairs(left), sortPairs(right));
}

function merge(left, right) {
  const out = newList();
  let l = 0;
  let r = 0;
  while (l < left.length || r < right.length) {
    const takeLeft = r >= right.length || (l < left.length && left[l].name <= right[r].name);
    out[out.length] = takeLeft ? left[l++] : right[r++];
  }
  return out;
}

export function installSearchParams(global) {
  define(global, 'URLSearchParams', URLSearchParams);
}
