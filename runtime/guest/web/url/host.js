// The host of a URL: domain, IPv4, IPv6 or opaque, each from text and as text.
import { domainToAscii } from './idna.js';
import { hexValue, inC0, isAsciiDigit, percentDecode, percentEncode, unitAt } from './percent.js';
import {
  MathFloor,
  newList,
  NumberPrototypeToString,
  RegExpPrototypeExec,
  StringCtor,
  StringPrototypeEndsWith,
  StringPrototypeIndexOf,
  StringPrototypeLastIndexOf,
  StringPrototypeSlice,
} from '../primordials.js';

const kHostCharsMax = 4096;
const forbiddenHost = /[\u0000\t\n\r #/:<>?@[\\\]^|]/;
const forbiddenDomain = /[\u0000-\u0020#%/:<>?@[\\\]^|\u007f]/;
const numberLabel = /^(?:[0-9]+|0[xX][0-9A-Fa-f]*)$/;

/** The host that `text` names, in its serialised form; undefined when it names none. */
export function parseHost(text, isSpecial) {
  if (text.length > kHostCharsMax) return undefined;
  if (text[0] === '[') {
    if (!StringPrototypeEndsWith(text, ']')) return undefined;
    const pieces = parseIpv6(StringPrototypeSlice(text, 1, text.length - 1));
    return pieces === undefined ? undefined : '[' + ipv6Text(pieces) + ']';
  }
  if (!isSpecial) {
    return RegExpPrototypeExec(forbiddenHost, text) === null
      ? percentEncode(text, inC0)
      : undefined;
  }
  const ascii = domainToAscii(percentDecode(text));
  if (ascii === undefined || ascii === '' || RegExpPrototypeExec(forbiddenDomain, ascii) !== null) {
    return undefined;
  }
  return endsInNumber(ascii) ? parseIpv4(ascii) : ascii;
}

function withoutLastDot(text) {
  return StringPrototypeEndsWith(text, '.') ? StringPrototypeSlice(text, 0, text.length - 1) : text;
}

function endsInNumber(domain) {
  const text = withoutLastDot(domain);
  const last = StringPrototypeSlice(text, StringPrototypeLastIndexOf(text, '.') + 1);
  return RegExpPrototypeExec(numberLabel, last) !== null;
}

/** A number in C's notation; -1 when it is none. */
function ipv4Number(text) {
  if (text === '') return -1;
  let base = 10;
  let at = 0;
  if (text.length >= 2 && text[0] === '0') {
    base = text[1] === 'x' || text[1] === 'X' ? 16 : 8;
    at = base === 16 ? 2 : 1;
  }
  let value = 0;
  for (; at < text.length; at++) {
    const digit = hexValue(unitAt(text, at));
    if (digit < 0 || digit >= base) return -1;
    value = value * base + digit;
    if (value > 0x1_0000_0000) value = 0x1_0000_0001;
  }
  return value;
}

function parseIpv4(domain) {
  const text = withoutLastDot(domain);
  const numbers = newList();
  for (let from = 0; from <= text.length;) {
    const dot = StringPrototypeIndexOf(text, '.', from);
    const end = dot < 0 ? text.length : dot;
    const number = ipv4Number(StringPrototypeSlice(text, from, end));
    if (number < 0 || numbers.length === 4) return undefined;
    numbers[numbers.length] = number;
    from = end + 1;
  }
  const count = numbers.length;
  for (let i = 0; i < count - 1; i++) if (numbers[i] > 255) return undefined;
  if (numbers[count - 1] >= 256 ** (5 - count)) return undefined;
  let address = numbers[count - 1];
  for (let i = 0; i < count - 1; i++) address += numbers[i] * 256 ** (3 - i);
  return (
    MathFloor(address / 0x1000000) +
    '.' +
    (MathFloor(address / 0x10000) & 255) +
    '.' +
    (MathFloor(address / 0x100) & 255) +
    '.' +
    (address % 256)
  );
}

/** Eight pieces of 16 bits; undefined when `text` is no address. */
function parseIpv6(text) {
  const pieces = newList();
  for (let i = 0; i < 8; i++) pieces[i] = 0;
  const p = { __proto__: null, text, at: 0, pieces, index: 0, compress: -1 };
  if (unitAt(text, 0) === 58) {
    if (unitAt(text, 1) !== 58) return undefined;
    p.at = 2;
    p.compress = ++p.index;
  }
  while (p.at < text.length) {
    if (p.index === 8) return undefined;
    if (unitAt(text, p.at) === 58) {
      if (p.compress >= 0) return undefined;
      p.at++;
      p.compress = ++p.index;
      continue;
    }
    if (!readPiece(p)) return undefined;
  }
  if (p.compress < 0) return p.index === 8 ? pieces : undefined;
  for (let swaps = p.index - p.compress, to = 7; to !== 0 && swaps > 0; swaps--, to--) {
    const from = p.compress + swaps - 1;
    const piece = pieces[to];
    pieces[to] = pieces[from];
    pieces[from] = piece;
  }
  return pieces;
}

function readPiece(p) {
  let value = 0;
  let length = 0;
  for (; length < 4 && hexValue(unitAt(p.text, p.at)) >= 0; length++) {
    value = value * 16 + hexValue(unitAt(p.text, p.at++));
  }
  const next = unitAt(p.text, p.at);
  if (next === 46) {
    if (length === 0 || p.index > 6) return false;
    p.at -= length;
    return readEmbeddedIpv4(p);
  }
  if (next === 58) {
    if (++p.at === p.text.length) return false;
  } else if (next !== -1) {
    return false;
  }
  p.pieces[p.index++] = value;
  return true;
}

function readEmbeddedIpv4(p) {
  for (let seen = 0; seen < 4; seen++) {
    if (seen > 0 && unitAt(p.text, p.at++) !== 46) return false;
    let value = -1;
    while (isAsciiDigit(unitAt(p.text, p.at))) {
      const digit = unitAt(p.text, p.at++) - 48;
      if (value === 0) return false;
      value = value < 0 ? digit : value * 10 + digit;
      if (value > 255) return false;
    }
    if (value < 0) return false;
    p.pieces[p.index] = p.pieces[p.index] * 256 + value;
    if (seen === 1 || seen === 3) p.index++;
  }
  return p.at === p.text.length;
}

function ipv6Text(pieces) {
  const { start, length } = longestZeros(pieces);
  let text = '';
  for (let i = 0; i < 8; i++) {
    if (i === start && length > 1) {
      text += i === 0 ? '::' : ':';
      i += length - 1;
      continue;
    }
    text += NumberPrototypeToString(pieces[i], 16) + (i < 7 ? ':' : '');
  }
  return text;
}

function longestZeros(pieces) {
  let best = { start: -1, length: 0 };
  for (let i = 0; i < 8; i++) {
    let length = 0;
    while (i + length < 8 && pieces[i + length] === 0) length++;
    if (length > best.length) best = { start: i, length };
    i += length;
  }
  return best;
}

/** Decimal text of a port number. */
export function portText(port) {
  return port === null ? '' : StringCtor(port);
}
