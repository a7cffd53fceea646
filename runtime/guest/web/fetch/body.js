// The body of a request or an answer: text or bytes, read once. There are no streams: a body comes
// whole.
import { base64ToBytes, bytesToBase64 } from '../base64.js';
import { bytesOf } from '../encoding.js';
import { natives } from '../state.js';
import { paramsState } from '../url/search_params.js';
import {
  ArrayBufferIsView,
  isObject,
  JSONParse,
  lengthOf,
  ObjectDefineProperty,
  ObjectGetOwnPropertyDescriptor,
  PromiseCtor,
  ReflectOwnKeys,
  StringPrototypeCharCodeAt,
  StringPrototypeSlice,
  toText,
  toWellFormed,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeSet,
  TypeErrorCtor,
  Uint8ArrayCtor,
} from '../primordials.js';

function make(text, bytes, type) {
  return { __proto__: null, text, bytes, type, used: false };
}

function copyOf(bytes) {
  const copy = new Uint8ArrayCtor(lengthOf(bytes));
  TypedArrayPrototypeSet(copy, bytes);
  return copy;
}

/** The body that an app gives: null for none. `type` is the Content-Type that goes with it. */
export function extractBody(given) {
  if (given === undefined || given === null) return make(null, null, null);
  if (isObject(given)) {
    const form = paramsState.textOf(given);
    if (form !== undefined) {
      return make(form, null, 'application/x-www-form-urlencoded;charset=UTF-8');
    }
    if (ArrayBufferIsView(given) || natives.kindOf(given) === 'arraybuffer') {
      return make(null, copyOf(bytesOf(given)), null);
    }
  }
  return make(toWellFormed(toText(given)), null, 'text/plain;charset=UTF-8');
}

/** The body that the host delivered. */
export function receivedBody(text, base64) {
  if (typeof base64 === 'string') return make(null, base64ToBytes(base64), null);
  return make(typeof text === 'string' ? text : '', null, null);
}

export function hasBody(body) {
  return body.text !== null || body.bytes !== null;
}

/** Another body with the same content. Throws when it was read. */
export function cloneBody(body) {
  if (body.used) throw new TypeErrorCtor('the body was read already');
  return make(body.text, body.bytes === null ? null : copyOf(body.bytes), body.type);
}

/** Puts the body into the parameters of net.fetch. */
export function sendBody(body, params) {
  if (body.text !== null) params.body = body.text;
  else if (body.bytes !== null) params.bodyBase64 = bytesToBase64(body.bytes);
}

function textOf(body) {
  const { bytes } = body;
  const text = bytes === null ? (body.text ?? '') : natives.utf8Decode(bytes, false, true);
  return text.length > 0 && StringPrototypeCharCodeAt(text, 0) === 0xfeff
    ? StringPrototypeSlice(text, 1)
    : text;
}

function bytesIn(body) {
  return copyOf(body.bytes === null ? natives.utf8Encode(body.text ?? '') : body.bytes);
}

const readers = {
  __proto__: null,
  text: textOf,
  json: (body) => JSONParse(textOf(body)),
  bytes: bytesIn,
  arrayBuffer: (body) => TypedArrayPrototypeGetBuffer(bytesIn(body)),
};

/** Reads the body once, as `form`: text, json, bytes or arrayBuffer. */
function readBody(body, form) {
  return new PromiseCtor((resolve) => {
    if (body.used) throw new TypeErrorCtor('the body was read already');
    if (hasBody(body)) body.used = true;
    resolve(readers[form](body));
  });
}

/**
 * Gives `Class` the standard's Body mixin. `bodyOf` finds the body of an instance and throws for
 * what is none.
 */
export function includeBody(Class, bodyOf) {
  const members = {
    __proto__: null,
    get bodyUsed() {
      return bodyOf(this).used;
    },
    text() {
      return readBody(bodyOf(this), 'text');
    },
    json() {
      return readBody(bodyOf(this), 'json');
    },
    bytes() {
      return readBody(bodyOf(this), 'bytes');
    },
    arrayBuffer() {
      return readBody(bodyOf(this), 'arrayBuffer');
    },
  };
  const names = ReflectOwnKeys(members);
  for (let i = 0; i < names.length; i++) {
    const member = ObjectGetOwnPropertyDescriptor(members, names[i]);
    ObjectDefineProperty(Class.prototype, names[i], member);
  }
}
