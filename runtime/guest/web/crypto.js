// crypto.getRandomValues and randomUUID over the kernel's random numbers; and Math.random, which V8
// would otherwise give in the same sequence to every process forked from the zygote.
import { natives } from './state.js';
import { DOMException } from './dom_exception.js';
import {
  ArrayBufferIsView,
  define,
  Float64ArrayCtor,
  TypeErrorCtor,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetTag,
  Uint8ArrayCtor,
  webInterface,
} from './primordials.js';

const kRandomBytesMax = 65536;
const kMathRandomBatch = 64;

const hex = [];
for (let i = 0; i < 256; i++) hex[i] = (i < 16 ? '0' : '') + i.toString(16);

function isIntegerTag(tag) {
  switch (tag) {
    case 'Int8Array':
    case 'Uint8Array':
    case 'Uint8ClampedArray':
    case 'Int16Array':
    case 'Uint16Array':
    case 'Int32Array':
    case 'Uint32Array':
    case 'BigInt64Array':
    case 'BigUint64Array':
      return true;
    default:
      return false;
  }
}

let making = false;

class Crypto {
  #brand;
  constructor() {
    if (!making) throw new TypeErrorCtor('Crypto cannot be constructed');
  }
  getRandomValues(array) {
    this.#brand;
    if (!ArrayBufferIsView(array) || !isIntegerTag(TypedArrayPrototypeGetTag(array))) {
      throw new DOMException('getRandomValues needs an array of integers', 'TypeMismatchError');
    }
    const bytes = TypedArrayPrototypeGetByteLength(array);
    if (bytes > kRandomBytesMax) {
      throw new DOMException(
        'getRandomValues gives at most 65536 bytes a call',
        'QuotaExceededError',
      );
    }
    natives.fillRandom(
      new Uint8ArrayCtor(
        TypedArrayPrototypeGetBuffer(array),
        TypedArrayPrototypeGetByteOffset(array),
        bytes,
      ),
    );
    return array;
  }
  randomUUID() {
    this.#brand;
    const b = new Uint8ArrayCtor(16);
    natives.fillRandom(b);
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    let text = '';
    for (let i = 0; i < 16; i++) {
      text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + hex[b[i]];
    }
    return text;
  }
}
webInterface(Crypto, 'Crypto');

function makeMathRandom() {
  // Filled at the first use, so in the guest and never in the zygote.
  let numbers = null;
  let words = null;
  let next = 0;
  return function random() {
    if (next === 0) {
      if (numbers === null) {
        numbers = new Float64ArrayCtor(kMathRandomBatch);
        words = new Uint8ArrayCtor(TypedArrayPrototypeGetBuffer(numbers));
      }
      natives.fillRandom(words);
      for (let i = 0; i < kMathRandomBatch; i++) numbers[i] = fraction(words, i * 8);
      next = kMathRandomBatch;
    }
    return numbers[--next];
  };
}

// 53 bits of seven bytes as a number in [0, 1).
function fraction(bytes, at) {
  const high =
    bytes[at] * 0x200000 + bytes[at + 1] * 0x2000 + bytes[at + 2] * 0x20 + (bytes[at + 3] >> 3);
  const low = bytes[at + 4] * 0x10000 + bytes[at + 5] * 0x100 + bytes[at + 6];
  return (high * 0x1000000 + low) / 0x20000000000000;
}

export function installCrypto(global) {
  making = true;
  define(global, 'crypto', new Crypto(), true);
  making = false;
  define(global, 'Crypto', Crypto);
  define(global.Math, 'random', makeMathRandom());
}
