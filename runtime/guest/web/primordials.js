// The built-ins that the bootstrap uses, captured before any app code exists.
//
// Code that can run after an app has started takes its built-ins from here and from nowhere else.
// It does not iterate, spread or destructure arrays (that goes through
// Array.prototype[Symbol.iterator]) and does not store into arrays that have a prototype (that
// would meet a setter of an index).

const { bind, call } = Function.prototype;
const uncurryThis = bind.bind(call);
const getterOf = (prototype, name) =>
  uncurryThis(Object.getOwnPropertyDescriptor(prototype, name).get);

export { getterOf, uncurryThis };

export const {
  create: ObjectCreate,
  defineProperty: ObjectDefineProperty,
  freeze: ObjectFreeze,
  getOwnPropertyDescriptor: ObjectGetOwnPropertyDescriptor,
  getPrototypeOf: ObjectGetPrototypeOf,
  isExtensible: ObjectIsExtensible,
  isFrozen: ObjectIsFrozen,
  keys: ObjectKeys,
  preventExtensions: ObjectPreventExtensions,
  setPrototypeOf: ObjectSetPrototypeOf,
} = Object;
export const {
  apply: ReflectApply,
  construct: ReflectConstruct,
  defineProperty: ReflectDefineProperty,
  ownKeys: ReflectOwnKeys,
} = Reflect;
export const { parse: JSONParse, stringify: JSONStringify } = JSON;
export const { floor: MathFloor, max: MathMax, min: MathMin, trunc: MathTrunc } = Math;
export const {
  isFinite: NumberIsFinite,
  isInteger: NumberIsInteger,
  isNaN: NumberIsNaN,
  isSafeInteger: NumberIsSafeInteger,
} = Number;
export const { isArray: ArrayIsArray } = Array;
export const { isView: ArrayBufferIsView } = ArrayBuffer;
export const { captureStackTrace: ErrorCaptureStackTrace } = Error;
export const StringFromCharCode = String.fromCharCode;
export const StringFromCodePoint = String.fromCodePoint;
export const SymbolIterator = Symbol.iterator;
export const SymbolToStringTag = Symbol.toStringTag;
export const FunctionPrototype = Function.prototype;

// Constructors, under names that a look at globalThis cannot change.
const captured = {
  Array,
  ArrayBuffer,
  BigInt,
  Boolean,
  DataView,
  Date,
  Error,
  EvalError,
  Float64Array,
  Map,
  Number,
  Object,
  Promise,
  Proxy,
  RangeError,
  ReferenceError,
  RegExp,
  Set,
  String,
  Symbol,
  SyntaxError,
  TypeError,
  Uint8Array,
  URIError,
  WeakMap,
  WeakRef,
  WeakSet,
};
const {
  Array: ArrayCtor,
  ArrayBuffer: ArrayBufferCtor,
  BigInt: BigIntCtor,
  Boolean: BooleanCtor,
  DataView: DataViewCtor,
  Date: DateCtor,
  Error: ErrorCtor,
  Float64Array: Float64ArrayCtor,
  Map: MapCtor,
  Number: NumberCtor,
  Object: ObjectCtor,
  Promise: PromiseCtor,
  Proxy: ProxyCtor,
  RangeError: RangeErrorCtor,
  RegExp: RegExpCtor,
  Set: SetCtor,
  String: StringCtor,
  Symbol: SymbolCtor,
  SyntaxError: SyntaxErrorCtor,
  TypeError: TypeErrorCtor,
  Uint8Array: Uint8ArrayCtor,
  WeakMap: WeakMapCtor,
  WeakRef: WeakRefCtor,
  WeakSet: WeakSetCtor,
} = captured;
export {
  ArrayCtor,
  ArrayBufferCtor,
  BigIntCtor,
  BooleanCtor,
  DataViewCtor,
  DateCtor,
  ErrorCtor,
  Float64ArrayCtor,
  MapCtor,
  NumberCtor,
  ObjectCtor,
  PromiseCtor,
  ProxyCtor,
  RangeErrorCtor,
  RegExpCtor,
  SetCtor,
  StringCtor,
  SymbolCtor,
  SyntaxErrorCtor,
  TypeErrorCtor,
  Uint8ArrayCtor,
  WeakMapCtor,
  WeakRefCtor,
  WeakSetCtor,
};

export const ObjectPrototypeHasOwnProperty = uncurryThis(Object.prototype.hasOwnProperty);
export const ObjectPrototypeToString = uncurryThis(Object.prototype.toString);
export const FunctionPrototypeBind = uncurryThis(Function.prototype.bind);
export const FunctionPrototypeToString = uncurryThis(Function.prototype.toString);
export const FunctionPrototypeSymbolHasInstance = uncurryThis(
  Function.prototype[Symbol.hasInstance],
);
export const ArrayPrototypeJoin = uncurryThis(Array.prototype.join);
export const ArrayPrototypeSort = uncurryThis(Array.prototype.sort);
export const DatePrototypeToISOString = uncurryThis(Date.prototype.toISOString);
export const DatePrototypeGetTime = uncurryThis(Date.prototype.getTime);
export const NumberPrototypeToString = uncurryThis(Number.prototype.toString);
export const PromisePrototypeThen = uncurryThis(Promise.prototype.then);
export const RegExpPrototypeExec = uncurryThis(RegExp.prototype.exec);
export const RegExpPrototypeToString = uncurryThis(RegExp.prototype.toString);
export const SymbolPrototypeToString = uncurryThis(Symbol.prototype.toString);
export const SymbolPrototypeDescription = getterOf(Symbol.prototype, 'description');

export const StringPrototypeCharCodeAt = uncurryThis(String.prototype.charCodeAt);
export const StringPrototypeCodePointAt = uncurryThis(String.prototype.codePointAt);
export const StringPrototypeEndsWith = uncurryThis(String.prototype.endsWith);
export const StringPrototypeIncludes = uncurryThis(String.prototype.includes);
export const StringPrototypeIndexOf = uncurryThis(String.prototype.indexOf);
export const StringPrototypeLastIndexOf = uncurryThis(String.prototype.lastIndexOf);
export const StringPrototypeNormalize = uncurryThis(String.prototype.normalize);
export const StringPrototypePadEnd = uncurryThis(String.prototype.padEnd);
export const StringPrototypePadStart = uncurryThis(String.prototype.padStart);
export const StringPrototypeRepeat = uncurryThis(String.prototype.repeat);
export const StringPrototypeSlice = uncurryThis(String.prototype.slice);
export const StringPrototypeStartsWith = uncurryThis(String.prototype.startsWith);
export const StringPrototypeToLowerCase = uncurryThis(String.prototype.toLowerCase);
export const StringPrototypeToUpperCase = uncurryThis(String.prototype.toUpperCase);
export const StringPrototypeTrim = uncurryThis(String.prototype.trim);

const TypedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
export const TypedArrayPrototypeGetBuffer = getterOf(TypedArrayPrototype, 'buffer');
export const TypedArrayPrototypeGetByteOffset = getterOf(TypedArrayPrototype, 'byteOffset');
export const TypedArrayPrototypeGetByteLength = getterOf(TypedArrayPrototype, 'byteLength');
export const TypedArrayPrototypeGetLength = getterOf(TypedArrayPrototype, 'length');
export const TypedArrayPrototypeGetTag = getterOf(TypedArrayPrototype, Symbol.toStringTag);
export const TypedArrayPrototypeSet = uncurryThis(TypedArrayPrototype.set);
export const DataViewPrototypeGetBuffer = getterOf(DataView.prototype, 'buffer');
export const DataViewPrototypeGetByteLength = getterOf(DataView.prototype, 'byteLength');
export const DataViewPrototypeGetByteOffset = getterOf(DataView.prototype, 'byteOffset');
export const ArrayBufferPrototypeGetByteLength = getterOf(ArrayBuffer.prototype, 'byteLength');
export const MapPrototypeEntries = uncurryThis(Map.prototype.entries);
export const MapPrototypeGetSize = getterOf(Map.prototype, 'size');
export const SetPrototypeValues = uncurryThis(Set.prototype.values);
export const SetPrototypeGetSize = getterOf(Set.prototype, 'size');
const MapIteratorPrototype = Object.getPrototypeOf(new Map().entries());
const SetIteratorPrototype = Object.getPrototypeOf(new Set().values());
export const MapIteratorPrototypeNext = uncurryThis(MapIteratorPrototype.next);
export const SetIteratorPrototypeNext = uncurryThis(SetIteratorPrototype.next);

// A copy of a collection class whose methods are own to it, so that a patched Map.prototype is not
// asked. Instances never leave the bootstrap. Constructors are written out: V8 10.2 iterates the
// arguments of one that is not.
function sealCollection(Safe, Original) {
  for (const key of Reflect.ownKeys(Original.prototype)) {
    if (key === 'constructor') continue;
    const descriptor = Object.getOwnPropertyDescriptor(Original.prototype, key);
    Object.defineProperty(Safe.prototype, key, { __proto__: null, ...descriptor });
  }
  Object.setPrototypeOf(Safe.prototype, null);
  Object.freeze(Safe.prototype);
  return Object.freeze(Safe);
}
export const SafeMap = sealCollection(
  class SafeMap extends Map {
    constructor() {
      super();
    }
  },
  Map,
);
export const SafeSet = sealCollection(
  class SafeSet extends Set {
    constructor() {
      super();
    }
  },
  Set,
);
export const SafeWeakMap = sealCollection(
  class SafeWeakMap extends WeakMap {
    constructor() {
      super();
    }
  },
  WeakMap,
);
export const SafeWeakSet = sealCollection(
  class SafeWeakSet extends WeakSet {
    constructor() {
      super();
    }
  },
  WeakSet,
);

/** An array without a prototype: `list[list.length] = x` meets no setter of the app's. */
export function newList() {
  return ObjectSetPrototypeOf([], null);
}

/** How many elements a typed array has. */
export function lengthOf(array) {
  return TypedArrayPrototypeGetLength(array);
}

/** The part of a Uint8Array of our own from `from` up to `to`, without a look at its class. */
export function part(bytes, from, to) {
  return new Uint8ArrayCtor(
    TypedArrayPrototypeGetBuffer(bytes),
    TypedArrayPrototypeGetByteOffset(bytes) + from,
    to - from,
  );
}

/** The value of an own data property, or undefined: no getter runs, no prototype is asked. */
export function own(object, key) {
  const descriptor = ObjectGetOwnPropertyDescriptor(object, key);
  return descriptor !== undefined && ObjectPrototypeHasOwnProperty(descriptor, 'value')
    ? descriptor.value
    : undefined;
}

export function isObject(value) {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** How web APIs take a text: ToString of the language. Unlike String() it throws for a symbol. */
export function toText(value) {
  return `${value}`;
}

/** How web APIs take a number: ToNumber of the language. It throws for a symbol and a BigInt. */
export function toNumber(value) {
  return +value;
}

const kQuotedCharsMax = 60;

/** A text of the app's in an error's message. */
export function quoted(text) {
  const isLong = text.length > kQuotedCharsMax;
  return "'" + (isLong ? StringPrototypeSlice(text, 0, kQuotedCharsMax) + '…' : text) + "'";
}

/** Defines a property as web APIs have them on a global or a prototype. */
export function define(object, key, value, enumerable = false) {
  ObjectDefineProperty(object, key, {
    __proto__: null,
    value,
    writable: true,
    enumerable,
    configurable: true,
  });
}

/**
 * Makes methods and accessors of a class enumerable, as WebIDL asks, and gives it its name and
 * tag.
 */
export function webInterface(Class, tag) {
  ObjectDefineProperty(Class, 'name', { __proto__: null, value: tag, configurable: true });
  const keys = ReflectOwnKeys(Class.prototype);
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] === 'constructor' || typeof keys[i] === 'symbol') continue;
    ObjectDefineProperty(Class.prototype, keys[i], { __proto__: null, enumerable: true });
  }
  ObjectDefineProperty(Class.prototype, SymbolToStringTag, {
    __proto__: null,
    value: tag,
    configurable: true,
  });
  return Class;
}

const loneSurrogate = /[\ud800-\udfff]/u;

/**
 * `text` with each lone surrogate replaced by U+FFFD: what leaves the guest is always valid
 * UTF-8.
 */
export function toWellFormed(text) {
  if (RegExpPrototypeExec(loneSurrogate, text) === null) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCodePointAt(text, i);
    if (code > 0xffff) {
      out += StringFromCodePoint(code);
      i++;
    } else {
      out += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : StringFromCharCode(code);
    }
  }
  return out;
}
