// The global `kiosk`: call, supports, events of the host, and the namespaces made from the
// catalogue.
import { methods } from 'kiosk:catalogue';
import { BridgeError, freezeBridgeError } from './bridge_error.js';
import { call } from './calls.js';
import { reportException } from './report.js';
import { config, natives } from './state.js';
import {
  newList,
  ObjectDefineProperty,
  ObjectFreeze,
  ReflectApply,
  SafeMap,
  SafeSet,
  TypeErrorCtor,
} from './primordials.js';

const kListenersMax = 1000;
const listeners = new SafeMap();
let listenerCount = 0;

export function hasKioskListeners() {
  return listenerCount > 0;
}

// The app's functions here are arrows, which `new` refuses.
const on = (type, listener) => {
  if (typeof type !== 'string' || typeof listener !== 'function') {
    throw new TypeErrorCtor('kiosk.on needs the name of an event and a function');
  }
  let list = listeners.get(type);
  if (list === undefined) listeners.set(type, (list = newList()));
  for (let i = 0; i < list.length; i++) if (list[i] === listener) return;
  if (listenerCount >= kListenersMax) {
    throw new BridgeError('quota_exceeded', 'more than ' + kListenersMax + ' listeners');
  }
  list[list.length] = listener;
  listenerCount++;
};

const off = (type, listener) => {
  const list = listeners.get(type);
  if (list === undefined) return;
  for (let i = 0; i < list.length; i++) {
    if (list[i] !== listener) continue;
    for (let k = i; k + 1 < list.length; k++) list[k] = list[k + 1];
    list.length--;
    listenerCount--;
    return;
  }
};

/** Tells the app's listeners of `type`; one that throws is reported and the rest still run. */
export function emit(type, detail) {
  const list = listeners.get(type);
  if (list === undefined) return;
  const event = ObjectFreeze({ type, detail });
  const copy = newList();
  for (let i = 0; i < list.length; i++) copy[i] = list[i];
  for (let i = 0; i < copy.length; i++) {
    try {
      ReflectApply(copy[i], undefined, [event]);
    } catch (error) {
      reportException(error);
    }
  }
}

const known = new SafeMap();

/** Whether the host's catalogue has `method`, and with `param` whether the method takes it. */
const supports = (method, param = undefined) => {
  const params = known.get(method);
  return params !== undefined && (param === undefined || params.has(param));
};

function readOnly(object, key, value) {
  ObjectDefineProperty(object, key, { __proto__: null, value, enumerable: true });
}

function facade(method) {
  return ObjectFreeze((params, options) => call(method, params, options));
}

// Namespaces are null-prototype objects in each other: storage.local.get is a function two levels
// down.
function addFacades(kiosk) {
  const spaces = new SafeMap();
  for (const { name, params } of methods) {
    const parts = name.split('.');
    let space = kiosk;
    for (let depth = 1; depth < parts.length; depth++) {
      const path = parts.slice(0, depth).join('.');
      let inner = spaces.get(path);
      if (inner === undefined) {
        inner = { __proto__: null };
        spaces.set(path, inner);
        readOnly(space, parts[depth - 1], inner);
      }
      space = inner;
    }
    readOnly(space, parts[parts.length - 1], facade(name));
    const names = new SafeSet();
    for (const param of params) names.add(param);
    known.set(name, names);
  }
  spaces.forEach((space) => ObjectFreeze(space));
}

export function installKiosk(global) {
  const kiosk = { __proto__: null };
  readOnly(kiosk, 'call', ObjectFreeze(call));
  readOnly(kiosk, 'on', ObjectFreeze(on));
  readOnly(kiosk, 'off', ObjectFreeze(off));
  readOnly(kiosk, 'supports', ObjectFreeze(supports));
  readOnly(kiosk, 'BridgeError', BridgeError);
  ObjectDefineProperty(kiosk, 'launch', {
    __proto__: null,
    enumerable: true,
    get: ObjectFreeze(() => config.launch),
  });
  ObjectDefineProperty(kiosk, 'language', {
    __proto__: null,
    enumerable: true,
    get: ObjectFreeze(() => config.language),
  });
  readOnly(
    kiosk,
    'close',
    ObjectFreeze(() => natives.exit()),
  );
  addFacades(kiosk);
  freezeBridgeError();
  ObjectFreeze(kiosk);
  ObjectDefineProperty(global, 'kiosk', { __proto__: null, value: kiosk, enumerable: true });
  ObjectDefineProperty(global, 'BridgeError', {
    __proto__: null,
    value: BridgeError,
    enumerable: false,
  });
}
