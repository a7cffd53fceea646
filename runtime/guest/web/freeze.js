// Hardens what the app shares with the bootstrap: every intrinsic, visible or hidden, and the web
// API classes are frozen in the live context. Global bindings stay configurable, so that an app may
// put a polyfill of its own in the place of one; `kiosk` and BridgeError do not.
//
// Freezing is done in the live context, never before a snapshot: V8 adds properties to frozen
// intrinsics when it reads a context back, and dies.
import { enableOverrides, hiddenIntrinsics } from './overrides.js';
import {
  isObject,
  newList,
  ObjectDefineProperty,
  ObjectFreeze,
  ObjectGetOwnPropertyDescriptor,
  ObjectGetPrototypeOf,
  ObjectPreventExtensions,
  ReflectOwnKeys,
  SafeSet,
  SymbolIterator,
} from './primordials.js';

// Annex B's record of the last match of any regular expression: a channel nobody needs.
const kRegExpStatics = [
  'input',
  '$_',
  'lastMatch',
  '$&',
  'lastParen',
  '$+',
  'leftContext',
  '$`',
  'rightContext',
  "$'",
  '$1',
  '$2',
  '$3',
  '$4',
  '$5',
  '$6',
  '$7',
  '$8',
  '$9',
];

// Everything reachable from the roots through properties and prototypes. `kept` is not entered.
function reach(roots, kept) {
  const seen = new SafeSet();
  const queue = newList();
  const visit = (value) => {
    if (!isObject(value) || seen.has(value) || kept.has(value)) return;
    seen.add(value);
    queue[queue.length] = value;
  };
  for (const root of roots) visit(root);
  for (let i = 0; i < queue.length; i++) {
    const object = queue[i];
    visit(ObjectGetPrototypeOf(object));
    for (const key of ReflectOwnKeys(object)) {
      const descriptor = ObjectGetOwnPropertyDescriptor(object, key);
      visit(descriptor.value);
      visit(descriptor.get);
      visit(descriptor.set);
    }
  }
  return queue;
}

// Libraries set Error.stackTraceLimit; V8 reads it only while it is a data property.
function freezeError(Error) {
  for (const key of ReflectOwnKeys(Error)) {
    const { value } = ObjectGetOwnPropertyDescriptor(Error, key);
    const writable = key === 'stackTraceLimit';
    ObjectDefineProperty(Error, key, { __proto__: null, value, writable, configurable: false });
  }
  ObjectPreventExtensions(Error);
}

// Left open, with all their functions frozen:
//   RegExp.prototype  V8's fast paths compare its shape: frozen, `replace` and `split` by a regular
//                     expression take ten times as long (measured, V8 10.2). The bootstrap calls
//                     the captured exec only, which asks nothing of the prototype.
//   %ArrayIterator%   Vue gives an array iterator a `next` of its own. An accessor in its place
//                     would cost the fast paths of spread and destructuring. The bootstrap iterates
//                     no array.
//   console           an app may put a method of its own on it.
const arrayIteratorPrototype = ObjectGetPrototypeOf([][SymbolIterator]());
function isLeftOpen(object, global) {
  return (
    object === RegExp.prototype || object === arrayIteratorPrototype || object === global.console
  );
}

export function freezeIntrinsics(global) {
  for (const key of kRegExpStatics) delete RegExp[key];
  enableOverrides(global);
  const kept = new SafeSet();
  kept.add(global);
  kept.add(global.document);
  const roots = hiddenIntrinsics();
  for (const key of ReflectOwnKeys(global)) {
    const descriptor = ObjectGetOwnPropertyDescriptor(global, key);
    for (const value of [descriptor.value, descriptor.get, descriptor.set]) {
      if (isObject(value)) roots.push(value);
    }
  }
  const all = reach(roots, kept);
  for (let i = 0; i < all.length; i++) {
    if (all[i] === global.Error) freezeError(all[i]);
    else if (!isLeftOpen(all[i], global)) ObjectFreeze(all[i]);
  }
}
