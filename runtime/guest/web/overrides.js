// The override mistake, and its remedy. When a prototype is frozen, `this.name = 'E'` in a subclass
// of Error fails, for an inherited property that is not writable forbids assignment. So, before
// freezing, the usual properties become accessors whose setter defines an own property on the
// receiver.
import { addTransparentGetter } from './inspect.js';
import {
  isObject,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  ObjectPrototypeHasOwnProperty,
  ReflectOwnKeys,
  StringCtor,
  TypeErrorCtor,
} from './primordials.js';

function enable(prototype, key) {
  const descriptor = ObjectGetOwnPropertyDescriptor(prototype, key);
  if (
    descriptor === undefined ||
    !ObjectPrototypeHasOwnProperty(descriptor, 'value') ||
    !descriptor.configurable
  ) {
    return;
  }
  const { value, enumerable } = descriptor;
  const getter = () => value;
  addTransparentGetter(getter);
  ObjectDefineProperty(prototype, key, {
    __proto__: null,
    enumerable,
    configurable: true,
    get: getter,
    set(next) {
      if (!isObject(this) || this === prototype) {
        throw new TypeErrorCtor("the built-in property '" + StringCtor(key) + "' is read-only");
      }
      if (ObjectPrototypeHasOwnProperty(this, key)) {
        this[key] = next;
      } else {
        ObjectDefineProperty(this, key, {
          __proto__: null,
          value: next,
          writable: true,
          enumerable: true,
          configurable: true,
        });
      }
    },
  });
}

function enableAll(prototype) {
  for (const key of ReflectOwnKeys(prototype)) enable(prototype, key);
}

function enableSome(prototype, keys) {
  for (const key of keys) enable(prototype, key);
}

/** The hidden prototypes that no global name leads to. */
export function hiddenIntrinsics() {
  const generator = Object.getPrototypeOf(function* () {});
  const asyncGenerator = Object.getPrototypeOf(async function* () {});
  const prototypeOf = (value) => Object.getPrototypeOf(value);
  const list = [
    generator,
    asyncGenerator,
    prototypeOf(async () => {}),
    prototypeOf(Uint8Array),
    prototypeOf([][Symbol.iterator]()),
    prototypeOf(new Map().entries()),
    prototypeOf(new Set().values()),
    prototypeOf(''[Symbol.iterator]()),
    prototypeOf('a'.matchAll(/a/g)),
    prototypeOf(prototypeOf([][Symbol.iterator]())),
    prototypeOf(asyncGenerator.prototype),
    (function () {
      'use strict';
      return arguments;
    })(),
    Object.getOwnPropertyDescriptor(Function.prototype, 'caller').get,
  ];
  if (Intl.Segmenter !== undefined) {
    const segments = new Intl.Segmenter('en').segment('a');
    list.push(prototypeOf(segments), prototypeOf(segments[Symbol.iterator]()));
  }
  // The helpers of Iterator make iterators with prototypes of their own.
  if (globalThis.Iterator !== undefined) {
    list.push(prototypeOf([].values().map((x) => x)), prototypeOf(Iterator.from({ next() {} })));
  }
  return list;
}

const kErrorKeys = ['constructor', 'message', 'name', 'toString'];
const kMethodKeys = ['constructor', 'toString', 'toJSON', 'valueOf', 'toLocaleString'];

/** Makes the usual properties of the usual prototypes assignable on what inherits from them. */
export function enableOverrides(global) {
  enableAll(Object.prototype);
  enableSome(Function.prototype, ['apply', 'bind', 'call', 'constructor', 'name', 'toString']);
  for (const name of [
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
    'TypeError',
    'URIError',
    'SuppressedError',
    'DOMException',
  ]) {
    if (global[name] !== undefined) enableSome(global[name].prototype, kErrorKeys);
  }
  // Not Array.prototype.constructor: V8 would ask for the species of every array from then on, and
  // map, filter, slice and concat of short arrays would take ten times as long (measured, V8 10.2).
  enableSome(Array.prototype, ['concat', 'push', 'toString']);
  enableSome(Promise.prototype, ['catch', 'constructor', 'finally', 'then']);
  for (const name of [
    'Date',
    'Symbol',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'Number',
    'String',
    'Boolean',
    'BigInt',
    'ArrayBuffer',
    'DataView',
    'URL',
    'URLSearchParams',
  ]) {
    if (global[name] !== undefined) enableSome(global[name].prototype, kMethodKeys);
  }
  enableSome(Object.getPrototypeOf(Uint8Array.prototype), kMethodKeys);
  const generator = Object.getPrototypeOf(function* () {}).prototype;
  const asyncGenerator = Object.getPrototypeOf(async function* () {}).prototype;
  for (const prototype of [generator, asyncGenerator, Object.getPrototypeOf(generator)]) {
    enableSome(prototype, ['constructor', 'next', 'return', 'throw', 'toString']);
  }
  for (const name of [
    'Event',
    'CustomEvent',
    'EventTarget',
    'AbortSignal',
    'Node',
    'Element',
    'HTMLElement',
    'CharacterData',
    'Text',
    'Document',
    'DocumentFragment',
  ]) {
    enableAll(global[name].prototype);
  }
}
