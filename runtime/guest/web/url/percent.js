// Percent-encoding: the sets of the URL standard, each as a test of one code point.
import { natives } from '../state.js';
import {
  lengthOf,
  NumberPrototypeToString,
  part,
  StringFromCodePoint,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeIndexOf,
  StringPrototypeToUpperCase,
  Uint8ArrayCtor,
} from '../primordials.js';

function isIn(set, code) {
  return StringPrototypeIndexOf(set, StringFromCodePoint(code)) >= 0;
}

export const inC0 = (code) => code < 0x20 || code > 0x7e;
export const inFragment = (code) => inC0(code) || isIn(' "<>`', code);
export const inQuery = (code) => inC0(code) || isIn(' "#<>', code);
export const inSpecialQuery = (code) => inQuery(code) || code === 0x27;
export const inPath = (code) => inQuery(code) || isIn('?^`{}', code);
export const inUserinfo = (code) => inPath(code) || isIn('/:;=@[\\]|', code);
export const inComponent = (code) => inUserinfo(code) || isIn('$%&+,', code);
export const inForm = (code) => inComponent(code) || isIn("!'()~", code);

function escapeByte(byte) {
  return (byte < 16 ? '%0' : '%') + StringPrototypeToUpperCase(NumberPrototypeToString(byte, 16));
}

/** `text` (well formed) with every code point of `set` percent-encoded as UTF-8. */
export function percentEncode(text, set) {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCodePointAt(text, i);
    const char = StringFromCodePoint(code);
    if (code > 0xffff) i++;
    if (!set(code)) {
      out += char;
      continue;
    }
    const bytes = natives.utf8Encode(char);
    for (let b = 0, size = lengthOf(bytes); b < size; b++) out += escapeByte(bytes[b]);
  }
  return out;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code) {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** Decodes percent-escapes and then UTF-8, with U+FFFD for what is not UTF-8. */
export function percentDecode(text) {
  if (StringPrototypeIndexOf(text, '%') < 0) return text;
  const bytes = natives.utf8Encode(text);
  const size = lengthOf(bytes);
  const out = new Uint8ArrayCtor(size);
  let length = 0;
  for (let i = 0; i < size; i++) {
    const high = bytes[i] === 37 && i + 2 < size ? hexValue(bytes[i + 1]) : -1;
    const low = high >= 0 ? hexValue(bytes[i + 2]) : -1;
    if (low >= 0) {
      out[length++] = high * 16 + low;
      i += 2;
    } else {
      out[length++] = bytes[i];
    }
  }
  return natives.utf8Decode(part(out, 0, length), false, true);
}

export function isAsciiAlpha(code) {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

export function isAsciiDigit(code) {
  return code >= 48 && code <= 57;
}

/** The code unit at `at`, or -1 past the end. */
export function unitAt(text, at) {
  return at < text.length ? StringPrototypeCharCodeAt(text, at) : -1;
}
