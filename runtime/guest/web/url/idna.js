// Domain names to ASCII: the mapping of UTS #46 (without its transitional part) and Punycode.
//
// The mapping is built from what the engine's ICU offers (lower case, NFKC, general categories),
// not from the IdnaMappingTable. It agrees with it for the scripts in use: Cyrillic, Latin, Greek,
// Arabic, Hebrew, Han, Kana, Hangul, Devanagari, Thai. Not checked: the Bidi rule, and for joiners
// only that a virama or an Arabic-script letter stands before. Characters that Unicode knows but
// IDNA forbids are refused by their category, which lets a few pass that the table refuses.
import {
  MathFloor,
  newList,
  RegExpPrototypeExec,
  StringFromCodePoint,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeIndexOf,
  StringPrototypeLastIndexOf,
  StringPrototypeNormalize,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  StringPrototypeToLowerCase,
} from '../primordials.js';

const kLabelCodePointsMax = 1000;
const kBase = 36;
const kTMin = 1;
const kTMax = 26;
const kSkew = 38;
const kDamp = 700;
const kBiasStart = 72;
const kCodeStart = 128;
const kDigits = 'abcdefghijklmnopqrstuvwxyz0123456789';
const kIntMax = 0x7fffffff;

const nonAscii = /[^\u0000-\u007f]/;
// As strings where a literal would be wider than a page.
const ignored = new RegExp(
  '^[\\u00ad\\u034f\\u180b-\\u180f\\u200b\\u2060\\u2064\\ufe00-\\ufe0f\\ufeff' +
    '\\u{e0100}-\\u{e01ef}]$',
  'u',
);
const forbidden = new RegExp(
  '[\\p{Cc}\\p{Cn}\\p{Co}\\p{Cs}\\p{Zs}\\p{Zl}\\p{Zp}\\u061c\\u200e\\u200f\\u202a-\\u202e' +
    '\\u2061-\\u2063\\u2065-\\u206f\\ufff9-\\uffff\\u{e0000}-\\u{e0fff}]',
  'u',
);
const mark = /^\p{M}/u;
const viramas =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca\\u0e3a\\u0f84' +
  '\\u1039\\u103a\\u17d2';
const joinerAlone = new RegExp(
  `(?<![${viramas}])\\u200d|(?<![${viramas}]|\\p{Script=Arabic})\\u200c`,
  'u',
);

function adapt(delta, points, first) {
  let d = first ? MathFloor(delta / kDamp) : delta >> 1;
  d += MathFloor(d / points);
  let k = 0;
  while (d > ((kBase - kTMin) * kTMax) >> 1) {
    d = MathFloor(d / (kBase - kTMin));
    k += kBase;
  }
  return MathFloor(k + ((kBase - kTMin + 1) * d) / (d + kSkew));
}

function threshold(k, bias) {
  return k <= bias ? kTMin : k >= bias + kTMax ? kTMax : k - bias;
}

function codePointsOf(text) {
  const list = newList();
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCodePointAt(text, i);
    list[list.length] = code;
    if (code > 0xffff) i++;
  }
  return list;
}

function encodeNumber(delta, bias) {
  let text = '';
  let q = delta;
  for (let k = kBase; ; k += kBase) {
    const t = threshold(k, bias);
    if (q < t) return text + kDigits[q];
    text += kDigits[t + ((q - t) % (kBase - t))];
    q = MathFloor((q - t) / (kBase - t));
  }
}

/** Punycode of `label`, without the prefix; undefined when it is too long. */
function encodePunycode(label) {
  const points = codePointsOf(label);
  if (points.length > kLabelCodePointsMax) return undefined;
  let out = '';
  for (let i = 0; i < points.length; i++)
    if (points[i] < 128) out += StringFromCodePoint(points[i]);
  const basic = out.length;
  let done = basic;
  if (basic > 0) out += '-';
  let n = kCodeStart;
  let delta = 0;
  let bias = kBiasStart;
  while (done < points.length) {
    let next = kIntMax;
    for (let i = 0; i < points.length; i++) {
      if (points[i] >= n && points[i] < next) next = points[i];
    }
    delta += (next - n) * (done + 1);
    n = next;
    for (let i = 0; i < points.length; i++) {
      if (points[i] < n) delta++;
      if (points[i] !== n) continue;
      out += encodeNumber(delta, bias);
      bias = adapt(delta, done + 1, done === basic);
      delta = 0;
      done++;
    }
    delta++;
    n++;
  }
  return out;
}

function digitOf(code) {
  if (code >= 48 && code <= 57) return code - 22;
  return code >= 97 && code <= 122 ? code - 97 : -1;
}

/** The label that the Punycode `text` stands for; undefined when it stands for none. */
function decodePunycode(text) {
  if (text.length > kLabelCodePointsMax || RegExpPrototypeExec(nonAscii, text) !== null) {
    return undefined;
  }
  const points = newList();
  const dash = StringPrototypeLastIndexOf(text, '-');
  for (let i = 0; i < dash; i++) points[i] = StringPrototypeCharCodeAt(text, i);
  let n = kCodeStart;
  let bias = kBiasStart;
  let at = 0;
  for (let i = dash < 0 ? 0 : dash + 1; i < text.length;) {
    const before = at;
    let weight = 1;
    for (let k = kBase; ; k += kBase) {
      const digit = i < text.length ? digitOf(StringPrototypeCharCodeAt(text, i++)) : -1;
      if (digit < 0) return undefined;
      at += digit * weight;
      const t = threshold(k, bias);
      if (at > kIntMax) return undefined;
      if (digit < t) break;
      weight *= kBase - t;
    }
    const length = points.length + 1;
    bias = adapt(at - before, length, before === 0);
    n += MathFloor(at / length);
    at %= length;
    if (n > 0x10ffff || (n >= 0xd800 && n <= 0xdfff)) return undefined;
    for (let k = points.length; k > at; k--) points[k] = points[k - 1];
    points[at++] = n;
  }
  let label = '';
  for (let i = 0; i < points.length; i++) label += StringFromCodePoint(points[i]);
  return label;
}

function mapDomain(domain) {
  let text = '';
  for (let i = 0; i < domain.length; i++) {
    const code = StringPrototypeCodePointAt(domain, i);
    const char = StringFromCodePoint(code);
    if (code > 0xffff) i++;
    if (RegExpPrototypeExec(ignored, char) !== null) continue;
    // Capital sigma is mapped without a look at its place in the word, and the ideographic stop is
    // a dot.
    text += code === 0x3a3 ? '\u03c3' : code === 0x3002 || code === 0xff61 ? '.' : lower(char);
  }
  return StringPrototypeNormalize(
    StringPrototypeToLowerCase(StringPrototypeNormalize(text, 'NFKC')),
    'NFC',
  );
}

function lower(char) {
  return StringPrototypeToLowerCase(char);
}

function isValidLabel(label) {
  return (
    StringPrototypeNormalize(label, 'NFC') === label &&
    RegExpPrototypeExec(mark, label) === null &&
    RegExpPrototypeExec(forbidden, label) === null &&
    RegExpPrototypeExec(joinerAlone, label) === null
  );
}

function labelToAscii(label) {
  if (StringPrototypeStartsWith(label, 'xn--')) {
    const decoded = decodePunycode(StringPrototypeSlice(label, 4));
    if (decoded === undefined || RegExpPrototypeExec(nonAscii, decoded) === null) return undefined;
    if (mapDomain(decoded) !== decoded || !isValidLabel(decoded)) return undefined;
    return label;
  }
  if (RegExpPrototypeExec(nonAscii, label) === null) return label;
  if (!isValidLabel(label)) return undefined;
  const encoded = encodePunycode(label);
  return encoded === undefined ? undefined : 'xn--' + encoded;
}

/** `domain` in ASCII and lower case; undefined when IDNA forbids it. */
export function domainToAscii(domain) {
  const mapped =
    RegExpPrototypeExec(nonAscii, domain) === null
      ? StringPrototypeToLowerCase(domain)
      : mapDomain(domain);
  let out = '';
  let from = 0;
  for (;;) {
    const dot = StringPrototypeIndexOf(mapped, '.', from);
    const label = StringPrototypeSlice(mapped, from, dot < 0 ? mapped.length : dot);
    const ascii = labelToAscii(label);
    if (ascii === undefined) return undefined;
    out += ascii;
    if (dot < 0) return out;
    out += '.';
    from = dot + 1;
  }
}
