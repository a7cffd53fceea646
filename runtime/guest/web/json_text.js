// JSON as text, written by this file alone: each property is read once, toJSON means nothing,
// depth, size and number of values are bounded, and no lone surrogate is left in the text.
import { BridgeError } from './bridge_error.js';
import {
  ArrayIsArray,
  JSONStringify,
  newList,
  NumberIsFinite,
  ObjectCtor,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  ObjectPrototypeHasOwnProperty,
  own,
  ReflectApply,
  ReflectOwnKeys,
  RegExpPrototypeExec,
  StringCtor,
  StringPrototypeCharCodeAt,
  toWellFormed,
} from './primordials.js';

const nonAscii = /[^\u0000-\u007f]/;
const firstBeyondInt64 = 2 ** 63;
/** From here on a number is written with an exponent anyway. */
const firstWithExponent = 1e21;

/** A string as JSON. */
export function quote(text) {
  return JSONStringify(toWellFormed(text));
}

/** How many bytes `text` (well formed) has in UTF-8. */
export function utf8Length(text) {
  if (RegExpPrototypeExec(nonAscii, text) === null) return text.length;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

function refuse(path, what) {
  return new BridgeError('invalid_params', path + ' ' + what);
}

/**
 * `value` as JSON text. `limits` is {depth, values, bytes}; `path` names the value in messages.
 * Throws a BridgeError: invalid_params for what JSON cannot carry, payload_too_large over a limit;
 * and what a getter or a Proxy of the app's throws.
 */
export function toJsonText(value, limits, path) {
  const state = {
    __proto__: null,
    bytes: limits.bytes,
    values: limits.values,
    depth: limits.depth,
    ancestors: newList(),
  };
  return write(value, state, path);
}

function tooLarge(what) {
  return new BridgeError('payload_too_large', 'the parameters ' + what);
}

function charge(state, text) {
  state.bytes -= text.length;
  if (state.bytes < 0) throw tooLarge('are larger than one message may be');
  return text;
}

/** Refuses `text` before it is written, which may take many times its memory. */
function chargeable(state, text) {
  if (text.length > state.bytes) throw tooLarge('are larger than one message may be');
  return text;
}

/** A finite number; a whole one that no 64-bit integer holds, as the double that it is. */
function numberText(value) {
  const text = StringCtor(value === 0 ? 0 : value);
  const size = value < 0 ? -value : value;
  return size >= firstBeyondInt64 && size < firstWithExponent ? text + 'e0' : text;
}

function write(value, state, path) {
  if (--state.values < 0) throw tooLarge('hold too many values for one message');
  switch (typeof value) {
    case 'string':
      return charge(state, quote(chargeable(state, value)));
    case 'boolean':
      return charge(state, value ? 'true' : 'false');
    case 'number':
      if (!NumberIsFinite(value)) throw refuse(path, 'is not a finite number');
      return charge(state, numberText(value));
    case 'object':
      if (value === null) return charge(state, 'null');
      return writeNested(value, state, path);
    default:
      throw refuse(path, 'is a ' + typeof value + ', which JSON cannot carry');
  }
}

function writeNested(value, state, path) {
  const { ancestors } = state;
  for (let i = 0; i < ancestors.length; i++) {
    if (ancestors[i] === value) throw refuse(path, 'contains itself');
  }
  if (ancestors.length >= state.depth) throw tooLarge('are nested too deeply');
  ancestors[ancestors.length] = value;
  const text = ArrayIsArray(value)
    ? writeArray(value, state, path)
    : writeObject(value, state, path);
  ancestors.length--;
  return text;
}

function valueOf(object, descriptor) {
  if (ObjectPrototypeHasOwnProperty(descriptor, 'value')) return descriptor.value;
  return descriptor.get === undefined ? undefined : ReflectApply(descriptor.get, object, []);
}

function writeArray(value, state, path) {
  let text = charge(state, '[');
  const length = own(value, 'length');
  for (let i = 0; i < length; i++) {
    const at = path + '[' + i + ']';
    const descriptor = ObjectGetOwnPropertyDescriptor(value, i);
    const item = descriptor === undefined ? undefined : valueOf(value, descriptor);
    if (item === undefined) throw refuse(at, 'is undefined: use null');
    if (i > 0) text += charge(state, ',');
    text += write(item, state, at);
  }
  return text + charge(state, ']');
}

function writeObject(value, state, path) {
  const prototype = ObjectGetPrototypeOf(value);
  if (prototype !== null && prototype !== ObjectCtor.prototype) {
    throw refuse(path, 'is an object of a class: give a plain object');
  }
  let text = charge(state, '{');
  let first = true;
  const keys = ReflectOwnKeys(value);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key !== 'string') throw refuse(path, 'has a property named by a symbol');
    const descriptor = ObjectGetOwnPropertyDescriptor(value, key);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    const item = valueOf(value, descriptor);
    // As in JSON.stringify, a property that is undefined is left out.
    if (item === undefined) continue;
    text += charge(state, (first ? '' : ',') + quote(chargeable(state, key)) + ':');
    text += write(item, state, path + '.' + key);
    first = false;
  }
  return text + charge(state, '}');
}
