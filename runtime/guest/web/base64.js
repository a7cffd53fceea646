// atob and btoa: forgiving base64 as the Infra standard has it.
import { DOMException } from './dom_exception.js';
import {
  define,
  lengthOf,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  toText,
  TypeErrorCtor,
  Uint8ArrayCtor,
} from './primordials.js';

const kAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const kInvalid = 255;
const kSpace = 254;
const values = new Uint8ArrayCtor(128).fill(kInvalid);
for (let i = 0; i < 64; i++) values[kAlphabet.charCodeAt(i)] = i;
values[9] = values[10] = values[12] = values[13] = values[32] = kSpace;

function invalid(message) {
  return new DOMException(message, 'InvalidCharacterError');
}

function encode(text) {
  let out = '';
  const code = (i) => {
    const unit = StringPrototypeCharCodeAt(text, i);
    if (unit > 255) throw invalid('btoa takes characters up to U+00FF');
    return unit;
  };
  for (let i = 0; i < text.length; i += 3) {
    const left = text.length - i;
    const bits = (code(i) << 16) | (left > 1 ? code(i + 1) << 8 : 0) | (left > 2 ? code(i + 2) : 0);
    out +=
      kAlphabet[bits >> 18] +
      kAlphabet[(bits >> 12) & 63] +
      (left > 1 ? kAlphabet[(bits >> 6) & 63] : '=') +
      (left > 2 ? kAlphabet[bits & 63] : '=');
  }
  return out;
}

function decode(text) {
  let out = '';
  let bits = 0;
  let digits = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCharCodeAt(text, i);
    if (code === 61) {
      padding++;
      continue;
    }
    const value = code < 128 ? values[code] : kInvalid;
    if (value === kSpace) continue;
    if (value === kInvalid || padding > 0) throw invalid('atob: a character that is not base64');
    bits = ((bits << 6) | value) & 0xffffff;
    if (++digits % 4 === 0) {
      out += StringFromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255);
      bits = 0;
    }
  }
  const rest = digits % 4;
  if (rest === 1 || (padding > 0 && (padding > 2 || rest + padding !== 4))) {
    throw invalid('atob: the length is not that of base64');
  }
  if (rest === 2) out += StringFromCharCode((bits >> 4) & 255);
  if (rest === 3) out += StringFromCharCode((bits >> 10) & 255, (bits >> 2) & 255);
  return out;
}

/** The base64 of a Uint8Array of our own. */
export function bytesToBase64(bytes) {
  let out = '';
  const size = lengthOf(bytes);
  for (let i = 0; i < size; i += 3) {
    const left = size - i;
    const bits =
      (bytes[i] << 16) | (left > 1 ? bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
    out +=
      kAlphabet[bits >> 18] +
      kAlphabet[(bits >> 12) & 63] +
      (left > 1 ? kAlphabet[(bits >> 6) & 63] : '=') +
      (left > 2 ? kAlphabet[bits & 63] : '=');
  }
  return out;
}

/** The bytes of base64 that the host wrote: padded, nothing else in it. */
export function base64ToBytes(text) {
  let digits = text.length;
  while (digits > 0 && StringPrototypeCharCodeAt(text, digits - 1) === 61) digits--;
  const bytes = new Uint8ArrayCtor((digits * 3) >> 2);
  let bits = 0;
  let at = 0;
  for (let i = 0; i < digits; i++) {
    bits = ((bits << 6) | values[StringPrototypeCharCodeAt(text, i)]) & 0xffffff;
    if (i % 4 === 1) bytes[at++] = bits >> 4;
    else if (i % 4 === 2) bytes[at++] = bits >> 2;
    else if (i % 4 === 3) bytes[at++] = bits;
  }
  return bytes;
}

export function installBase64(global) {
  define(
    global,
    'btoa',
    function btoa(data) {
      if (arguments.length === 0) throw new TypeErrorCtor('btoa needs a string');
      return encode(toText(data));
    },
    true,
  );
  define(
    global,
    'atob',
    function atob(data) {
      if (arguments.length === 0) throw new TypeErrorCtor('atob needs a string');
      return decode(toText(data));
    },
    true,
  );
}
