// Text of any value for the log and for error reports. It reads data properties only: no getter, no
// toString, no toJSON and no Proxy trap of the app's runs, so describing a value changes nothing.
import { natives } from './state.js';
import { isDOMException } from './dom_exception.js';
import {
  ArrayBufferPrototypeGetByteLength,
  DatePrototypeGetTime,
  DatePrototypeToISOString,
  isObject,
  JSONStringify,
  MapIteratorPrototypeNext,
  MapPrototypeEntries,
  MapPrototypeGetSize,
  newList,
  NumberIsNaN,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  ObjectPrototypeHasOwnProperty,
  own,
  ReflectApply,
  ReflectOwnKeys,
  RegExpCtor,
  RegExpPrototypeExec,
  RegExpPrototypeToString,
  SafeWeakSet,
  SetIteratorPrototypeNext,
  SetPrototypeGetSize,
  SetPrototypeValues,
  StringCtor,
  StringPrototypeIncludes,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  SymbolPrototypeToString,
  TypedArrayPrototypeGetLength,
} from './primordials.js';

const kDepthMax = 4;
const kEntriesMax = 100;
const kPrototypesMax = 16;
const kStringCharsMax = 4096;
const identifier = /^[A-Za-z_$][\w$]*$/;

// Getters of our own making (see freeze.js), which stand for data properties and may be called.
const transparentGetters = new SafeWeakSet();

/** Says that `getter` only returns what a data property would hold. */
export function addTransparentGetter(getter) {
  transparentGetters.add(getter);
}

// On newer V8 the stack of an error is an accessor; on older ones a data property.
const stackGetter = ObjectGetOwnPropertyDescriptor(new Error('x'), 'stack')?.get;

/**
 * What V8 says `value` is: 'proxy', 'error', 'date', 'regexp', 'map', 'set', 'promise', … or ''.
 */
function kindOf(value) {
  return natives.kindOf(value);
}

/**
 * The value of `key` on `object` or above, where it is plain data; undefined when a getter hides
 * it, and when V8 itself cannot make it (the stack of an error whose name is a symbol).
 */
export function peek(object, key) {
  try {
    return peekOrThrow(object, key);
  } catch {
    return undefined;
  }
}

function peekOrThrow(object, key) {
  for (let o = object, i = 0; o !== null && i < kPrototypesMax; i++) {
    if (kindOf(o) === 'proxy') return undefined;
    const descriptor = ObjectGetOwnPropertyDescriptor(o, key);
    if (descriptor !== undefined) {
      if (ObjectPrototypeHasOwnProperty(descriptor, 'value')) return descriptor.value;
      const { get } = descriptor;
      if (get === stackGetter || transparentGetters.has(get)) return ReflectApply(get, object, []);
      return undefined;
    }
    o = ObjectGetPrototypeOf(o);
  }
  return undefined;
}

function textOf(value) {
  return typeof value === 'string' ? value : value === undefined ? '' : inspect(value);
}

/** "Name: message" and the stack of an error or of anything that was thrown in its place. */
export function formatError(error) {
  const kind = kindOf(error);
  if (kind === 'proxy') return 'Uncaught [Proxy]';
  if (isDOMException(error)) {
    const stack = textOf(peek(error, 'stack'));
    const frames = StringPrototypeIncludes(stack, '\n    at ') ? stackFrames(stack) : '';
    return error.name + ': ' + error.message + frames;
  }
  if (kind !== 'error') return 'Uncaught ' + inspect(error);
  const name = textOf(peek(error, 'name')) || 'Error';
  const message = textOf(peek(error, 'message'));
  const head = message === '' ? name : name + ': ' + message;
  const stack = textOf(peek(error, 'stack'));
  if (StringPrototypeStartsWith(stack, head)) return stack;
  return head + stackFrames(stack);
}

function stackFrames(stack) {
  const match = RegExpPrototypeExec(/\n {4}at [^]*$/, stack);
  return match === null ? '' : match[0];
}

/** `value` as text, at most `kDepthMax` levels and `kEntriesMax` entries a level. */
export function inspect(value) {
  return show(value, 0, newList());
}

function show(value, depth, seen) {
  switch (typeof value) {
    case 'string':
      return JSONStringify(StringPrototypeSlice(value, 0, kStringCharsMax));
    case 'symbol':
      return SymbolPrototypeToString(value);
    case 'bigint':
      return StringCtor(value) + 'n';
    case 'number':
      return value === 0 && 1 / value < 0 ? '-0' : StringCtor(value);
    case 'function':
      return showFunction(value);
    case 'object':
      return value === null ? 'null' : showObject(value, depth, seen);
    default:
      return StringCtor(value);
  }
}

function showFunction(value) {
  if (kindOf(value) === 'proxy') return '[Proxy]';
  const name = own(value, 'name');
  return typeof name === 'string' && name !== '' ? '[Function: ' + name + ']' : '[Function]';
}

function showObject(value, depth, seen) {
  const kind = kindOf(value);
  if (kind === 'proxy') return '[Proxy]';
  for (let i = 0; i < seen.length; i++) if (seen[i] === value) return '[Circular]';
  if (kind === 'error' || isDOMException(value)) return formatError(value);
  if (kind === 'date') {
    return NumberIsNaN(DatePrototypeGetTime(value))
      ? 'Invalid Date'
      : DatePrototypeToISOString(value);
  }
  if (kind === 'regexp') return safeRegExpText(value);
  if (kind === 'promise') return 'Promise {}';
  if (kind === 'weakmap' || kind === 'weakset' || kind === 'weakref') return nameOf(value) + ' {}';
  if (kind === 'arraybuffer')
    return 'ArrayBuffer(' + ArrayBufferPrototypeGetByteLength(value) + ')';
  if (depth >= kDepthMax) return kind === 'array' ? '[Array]' : '[' + nameOf(value) + ']';
  seen[seen.length] = value;
  const text = showEntries(value, kind, depth, seen);
  seen.length--;
  return text;
}

// RegExp.prototype.toString asks the `source` and `flags` of its receiver, which may be own
// getters.
function safeRegExpText(value) {
  const plain =
    ReflectOwnKeys(value).length === 1 && ObjectGetPrototypeOf(value) === RegExpCtor.prototype;
  return plain ? RegExpPrototypeToString(value) : '[RegExp]';
}

function showEntries(value, kind, depth, seen) {
  if (kind === 'array') return showIndexed('[', own(value, 'length'), value, depth, seen);
  if (kind === 'typedarray') {
    const length = TypedArrayPrototypeGetLength(value);
    return showIndexed(nameOf(value) + '(' + length + ') [', length, value, depth, seen);
  }
  if (kind === 'map') return showMap(value, depth, seen);
  if (kind === 'set') return showSet(value, depth, seen);
  return showProperties(value, depth, seen);
}

function showIndexed(open, length, value, depth, seen) {
  let text = open;
  for (let i = 0; i < length && i < kEntriesMax && text.length < kStringCharsMax; i++) {
    const descriptor = ObjectGetOwnPropertyDescriptor(value, i);
    text +=
      (i === 0 ? ' ' : ', ') +
      (descriptor === undefined ? '<empty>' : showProperty(descriptor, depth, seen));
  }
  if (length > kEntriesMax) text += ', … ' + (length - kEntriesMax) + ' more';
  return text + (length === 0 ? ']' : ' ]');
}

function showProperty(descriptor, depth, seen) {
  if (ObjectPrototypeHasOwnProperty(descriptor, 'value')) {
    return show(descriptor.value, depth + 1, seen);
  }
  if (descriptor.get === undefined) return '[Setter]';
  return descriptor.set === undefined ? '[Getter]' : '[Getter/Setter]';
}

function showMap(value, depth, seen) {
  const size = MapPrototypeGetSize(value);
  const entries = MapPrototypeEntries(value);
  let text = 'Map(' + size + ') {';
  for (let i = 0; i < size && i < kEntriesMax; i++) {
    const pair = MapIteratorPrototypeNext(entries).value;
    text +=
      (i === 0 ? ' ' : ', ') +
      show(pair[0], depth + 1, seen) +
      ' => ' +
      show(pair[1], depth + 1, seen);
  }
  return text + (size > kEntriesMax ? ', …' : '') + (size === 0 ? '}' : ' }');
}

function showSet(value, depth, seen) {
  const size = SetPrototypeGetSize(value);
  const values = SetPrototypeValues(value);
  let text = 'Set(' + size + ') {';
  for (let i = 0; i < size && i < kEntriesMax; i++) {
    text += (i === 0 ? ' ' : ', ') + show(SetIteratorPrototypeNext(values).value, depth + 1, seen);
  }
  return text + (size > kEntriesMax ? ', …' : '') + (size === 0 ? '}' : ' }');
}

/** The name of the class of `value`, read without running code; 'Object' when there is none. */
function nameOf(value) {
  const prototype = ObjectGetPrototypeOf(value);
  if (prototype === null) return '[Object: null prototype]';
  const constructor = peek(prototype, 'constructor');
  if (!isObject(constructor) || kindOf(constructor) === 'proxy') return 'Object';
  const name = own(constructor, 'name');
  return typeof name === 'string' && name !== '' ? name : 'Object';
}

function showProperties(value, depth, seen) {
  const keys = ReflectOwnKeys(value);
  const name = nameOf(value);
  let text = name === 'Object' ? '{' : name + ' {';
  let shown = 0;
  for (let i = 0; i < keys.length && shown < kEntriesMax && text.length < kStringCharsMax; i++) {
    const descriptor = ObjectGetOwnPropertyDescriptor(value, keys[i]);
    if (descriptor === undefined || !descriptor.enumerable) continue;
    text +=
      (shown++ === 0 ? ' ' : ', ') +
      showKey(keys[i]) +
      ': ' +
      showProperty(descriptor, depth, seen);
  }
  if (shown === kEntriesMax) text += ', …';
  return text + (shown === 0 ? '}' : ' }');
}

function showKey(key) {
  if (typeof key === 'symbol') return '[' + SymbolPrototypeToString(key) + ']';
  return RegExpPrototypeExec(identifier, key) === null ? JSONStringify(key) : key;
}
