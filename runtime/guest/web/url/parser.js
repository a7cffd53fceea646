// The basic URL parser of the URL standard: one function for each state, over one parser object.
// A state returns undefined to go on with the next character, kDone to stop, kFail for no URL.
import {
  inC0,
  inFragment,
  inPath,
  inQuery,
  inSpecialQuery,
  inUserinfo,
  isAsciiAlpha,
  isAsciiDigit,
  percentEncode,
  unitAt,
} from './percent.js';
import { parseHost } from './host.js';
import {
  newList,
  NumberCtor,
  RegExpPrototypeExec,
  StringFromCodePoint,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
} from '../primordials.js';

export const kDone = 1;
export const kFail = 2;
const kEnd = -1;
const kSlash = 47;
const kBackslash = 92;
const kColon = 58;
const kQuestion = 63;
const kHash = 35;

export const defaultPorts = {
  __proto__: null,
  'http:': 80,
  'https:': 443,
  'ws:': 80,
  'wss:': 443,
  'ftp:': 21,
  'file:': null,
};
const driveStart = /^[A-Za-z][:|](?:$|[/\\?#])/;
const drive = /^[A-Za-z][:|]$/;
const normalDrive = /^[A-Za-z]:$/;
const singleDot = /^(?:\.|%2e)$/i;
const doubleDot = /^(?:\.|%2e){2}$/i;

export function isSpecial(url) {
  return url.scheme in defaultPorts;
}

/** A URL record; `path` is a list of segments, or text for an opaque path. */
export function newRecord() {
  return {
    __proto__: null,
    scheme: '',
    username: '',
    password: '',
    host: null,
    port: null,
    path: newList(),
    query: null,
    fragment: null,
  };
}

export function hasOpaquePath(url) {
  return typeof url.path === 'string';
}

function copyPath(path) {
  if (typeof path === 'string') return path;
  const copy = newList();
  for (let i = 0; i < path.length; i++) copy[i] = path[i];
  return copy;
}

function takeAuthority(url, base) {
  url.username = base.username;
  url.password = base.password;
  url.host = base.host;
  url.port = base.port;
}

function shortenPath(url) {
  const { path } = url;
  if (
    url.scheme === 'file:' &&
    path.length === 1 &&
    RegExpPrototypeExec(normalDrive, path[0]) !== null
  ) {
    return;
  }
  if (path.length > 0) path.length--;
}

function isPathEnd(p, c) {
  return c === kSlash || (isSpecial(p.url) && c === kBackslash);
}

function rest(p) {
  return StringPrototypeSlice(p.input, p.at);
}

function schemeStart(p, c) {
  if (isAsciiAlpha(c)) {
    p.buffer += StringPrototypeToLowerCase(StringFromCodePoint(c));
    p.state = scheme;
  } else if (p.override === null) {
    p.state = noScheme;
    p.at--;
  } else {
    return kFail;
  }
  return undefined;
}

function scheme(p, c) {
  if (isAsciiAlpha(c) || isAsciiDigit(c) || c === 43 || c === 45 || c === 46) {
    p.buffer += StringPrototypeToLowerCase(StringFromCodePoint(c));
    return undefined;
  }
  if (c !== kColon) {
    if (p.override !== null) return kFail;
    p.buffer = '';
    p.state = noScheme;
    p.at = -1;
    return undefined;
  }
  return p.override === null ? afterScheme(p) : overrideScheme(p);
}

function overrideScheme(p) {
  const { url } = p;
  const next = p.buffer + ':';
  if (isSpecial(url) !== next in defaultPorts) return kDone;
  if ((url.username !== '' || url.password !== '' || url.port !== null) && next === 'file:') {
    return kDone;
  }
  if (url.scheme === 'file:' && (url.host === '' || url.host === null)) return kDone;
  url.scheme = next;
  if (url.port === defaultPorts[next]) url.port = null;
  return kDone;
}

function afterScheme(p) {
  const { url, base } = p;
  url.scheme = p.buffer + ':';
  p.buffer = '';
  if (url.scheme === 'file:') {
    p.state = file;
  } else if (isSpecial(url)) {
    p.state =
      base !== null && base.scheme === url.scheme
        ? specialRelativeOrAuthority
        : specialAuthoritySlashes;
  } else if (unitAt(p.input, p.at + 1) === kSlash) {
    p.state = pathOrAuthority;
    p.at++;
  } else {
    url.path = '';
    p.state = opaquePath;
  }
  return undefined;
}

function noScheme(p, c) {
  const { url, base } = p;
  if (base === null || (hasOpaquePath(base) && c !== kHash)) return kFail;
  if (hasOpaquePath(base)) {
    url.scheme = base.scheme;
    url.path = base.path;
    url.query = base.query;
    url.fragment = '';
    p.state = fragment;
    return undefined;
  }
  p.state = base.scheme === 'file:' ? file : relative;
  p.at--;
  return undefined;
}

function specialRelativeOrAuthority(p, c) {
  if (c === kSlash && unitAt(p.input, p.at + 1) === kSlash) {
    p.state = specialAuthorityIgnoreSlashes;
    p.at++;
  } else {
    p.state = relative;
    p.at--;
  }
}

function pathOrAuthority(p, c) {
  if (c === kSlash) {
    p.state = authority;
  } else {
    p.state = path;
    p.at--;
  }
}

function relative(p, c) {
  const { url, base } = p;
  url.scheme = base.scheme;
  if (isPathEnd(p, c)) {
    p.state = relativeSlash;
    return;
  }
  takeAuthority(url, base);
  url.path = copyPath(base.path);
  url.query = base.query;
  if (c === kQuestion) {
    url.query = '';
    p.state = query;
  } else if (c === kHash) {
    url.fragment = '';
    p.state = fragment;
  } else if (c !== kEnd) {
    url.query = null;
    shortenPath(url);
    p.state = path;
    p.at--;
  }
}

function relativeSlash(p, c) {
  if (isSpecial(p.url) && (c === kSlash || c === kBackslash)) {
    p.state = specialAuthorityIgnoreSlashes;
  } else if (c === kSlash) {
    p.state = authority;
  } else {
    takeAuthority(p.url, p.base);
    p.state = path;
    p.at--;
  }
}

function specialAuthoritySlashes(p, c) {
  p.state = specialAuthorityIgnoreSlashes;
  if (c === kSlash && unitAt(p.input, p.at + 1) === kSlash) p.at++;
  else p.at--;
}

function specialAuthorityIgnoreSlashes(p, c) {
  if (c === kSlash || c === kBackslash) return;
  p.state = authority;
  p.at--;
}

function isAuthorityEnd(p, c) {
  return (
    c === kEnd ||
    c === kSlash ||
    c === kQuestion ||
    c === kHash ||
    (isSpecial(p.url) && c === kBackslash)
  );
}

function authority(p, c) {
  if (c === 64) {
    readCredentials(p);
    p.buffer = '';
    return undefined;
  }
  if (!isAuthorityEnd(p, c)) {
    p.buffer += StringFromCodePoint(c);
    return undefined;
  }
  if (p.atSignSeen && p.buffer === '') return kFail;
  p.at -= p.buffer.length + 1;
  p.buffer = '';
  p.state = host;
  return undefined;
}

function readCredentials(p) {
  const text = p.atSignSeen ? '%40' + p.buffer : p.buffer;
  p.atSignSeen = true;
  for (let i = 0; i < text.length; i++) {
    const code = StringPrototypeCodePointAt(text, i);
    if (code > 0xffff) i++;
    if (code === kColon && !p.passwordSeen) {
      p.passwordSeen = true;
      continue;
    }
    const encoded = percentEncode(StringFromCodePoint(code), inUserinfo);
    if (p.passwordSeen) p.url.password += encoded;
    else p.url.username += encoded;
  }
}

export function host(p, c) {
  const { url } = p;
  if (p.override !== null && url.scheme === 'file:') {
    p.at--;
    p.state = fileHost;
    return undefined;
  }
  if (c === kColon && !p.inBrackets) {
    if (p.buffer === '') return kFail;
    if (p.override === hostname) return kFail;
    return setHost(p) ? void (p.state = port) : kFail;
  }
  if (isAuthorityEnd(p, c)) {
    p.at--;
    if (isSpecial(url) && p.buffer === '') return kFail;
    if (
      p.override !== null &&
      p.buffer === '' &&
      (url.username !== '' || url.password !== '' || url.port !== null)
    ) {
      return kFail;
    }
    if (!setHost(p)) return kFail;
    p.state = pathStart;
    return p.override === null ? undefined : kDone;
  }
  if (c === 91) p.inBrackets = true;
  if (c === 93) p.inBrackets = false;
  p.buffer += StringFromCodePoint(c);
  return undefined;
}

/** The same state as `host` under the name that the setter of `hostname` overrides with. */
export function hostname(p, c) {
  return host(p, c);
}

function setHost(p) {
  const parsed = parseHost(p.buffer, isSpecial(p.url));
  if (parsed === undefined) return false;
  p.url.host = parsed;
  p.buffer = '';
  return true;
}

export function port(p, c) {
  if (isAsciiDigit(c)) {
    p.buffer += StringFromCodePoint(c);
    return undefined;
  }
  if (!isAuthorityEnd(p, c) && p.override === null) return kFail;
  if (p.buffer !== '') {
    const number = NumberCtor(p.buffer);
    if (number > 65535) return kFail;
    p.url.port = number === defaultPorts[p.url.scheme] ? null : number;
    p.buffer = '';
    if (p.override !== null) return kDone;
  }
  if (p.override !== null) return kFail;
  p.state = pathStart;
  p.at--;
  return undefined;
}

function startsWithDrive(text) {
  return RegExpPrototypeExec(driveStart, text) !== null;
}

function file(p, c) {
  const { url, base } = p;
  url.scheme = 'file:';
  url.host = '';
  if (c === kSlash || c === kBackslash) {
    p.state = fileSlash;
    return;
  }
  if (base === null || base.scheme !== 'file:') {
    p.state = path;
    p.at--;
    return;
  }
  url.host = base.host;
  url.path = copyPath(base.path);
  url.query = base.query;
  if (c === kQuestion) {
    url.query = '';
    p.state = query;
  } else if (c === kHash) {
    url.fragment = '';
    p.state = fragment;
  } else if (c !== kEnd) {
    url.query = null;
    if (startsWithDrive(rest(p))) url.path = newList();
    else shortenPath(url);
    p.state = path;
    p.at--;
  }
}

function fileSlash(p, c) {
  if (c === kSlash || c === kBackslash) {
    p.state = fileHost;
    return;
  }
  const { url, base } = p;
  if (base !== null && base.scheme === 'file:') {
    url.host = base.host;
    const first = base.path[0];
    if (
      !startsWithDrive(rest(p)) &&
      first !== undefined &&
      RegExpPrototypeExec(normalDrive, first) !== null
    ) {
      url.path[url.path.length] = first;
    }
  }
  p.state = path;
  p.at--;
}

function fileHost(p, c) {
  if (c !== kEnd && c !== kSlash && c !== kBackslash && c !== kQuestion && c !== kHash) {
    p.buffer += StringFromCodePoint(c);
    return undefined;
  }
  p.at--;
  if (p.override === null && RegExpPrototypeExec(drive, p.buffer) !== null) {
    p.state = path;
    return undefined;
  }
  if (p.buffer === '') {
    p.url.host = '';
  } else {
    if (!setHost(p)) return kFail;
    if (p.url.host === 'localhost') p.url.host = '';
  }
  if (p.override !== null) return kDone;
  p.buffer = '';
  p.state = pathStart;
  return undefined;
}

export function pathStart(p, c) {
  const { url } = p;
  if (isSpecial(url)) {
    p.state = path;
    if (c !== kSlash && c !== kBackslash) p.at--;
  } else if (p.override === null && c === kQuestion) {
    url.query = '';
    p.state = query;
  } else if (p.override === null && c === kHash) {
    url.fragment = '';
    p.state = fragment;
  } else if (c !== kEnd) {
    p.state = path;
    if (c !== kSlash) p.at--;
  } else if (p.override !== null && url.host === null) {
    url.path[url.path.length] = '';
  }
}

function path(p, c) {
  const ends =
    c === kEnd || isPathEnd(p, c) || (p.override === null && (c === kQuestion || c === kHash));
  if (!ends) {
    p.buffer += percentEncode(StringFromCodePoint(c), inPath);
    return;
  }
  addSegment(p, isPathEnd(p, c));
  p.buffer = '';
  if (c === kQuestion) {
    p.url.query = '';
    p.state = query;
  } else if (c === kHash) {
    p.url.fragment = '';
    p.state = fragment;
  }
}

function addSegment(p, slashFollows) {
  const { url } = p;
  let segment = p.buffer;
  if (RegExpPrototypeExec(doubleDot, segment) !== null) {
    shortenPath(url);
    if (!slashFollows) url.path[url.path.length] = '';
  } else if (RegExpPrototypeExec(singleDot, segment) !== null) {
    if (!slashFollows) url.path[url.path.length] = '';
  } else {
    if (
      url.scheme === 'file:' &&
      url.path.length === 0 &&
      RegExpPrototypeExec(drive, segment) !== null
    ) {
      segment = segment[0] + ':';
    }
    url.path[url.path.length] = segment;
  }
}

function opaquePath(p, c) {
  if (c === kQuestion) {
    p.url.query = '';
    p.state = query;
  } else if (c === kHash) {
    p.url.fragment = '';
    p.state = fragment;
  } else if (c === 32) {
    const next = unitAt(p.input, p.at + 1);
    p.url.path += next === kQuestion || next === kHash ? '%20' : ' ';
  } else if (c !== kEnd) {
    p.url.path += percentEncode(StringFromCodePoint(c), inC0);
  }
}

export function query(p, c) {
  if ((p.override === null && c === kHash) || c === kEnd) {
    p.url.query += percentEncode(p.buffer, isSpecial(p.url) ? inSpecialQuery : inQuery);
    p.buffer = '';
    if (c === kHash) {
      p.url.fragment = '';
      p.state = fragment;
    }
  } else {
    p.buffer += StringFromCodePoint(c);
  }
}

export function fragment(p, c) {
  if (c !== kEnd) p.url.fragment += percentEncode(StringFromCodePoint(c), inFragment);
}
export { schemeStart };

function withoutTabs(text) {
  if (RegExpPrototypeExec(/[\t\n\r]/, text) === null) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c !== '\t' && c !== '\n' && c !== '\r') out += c;
  }
  return out;
}

function trimControls(text) {
  let from = 0;
  let to = text.length;
  while (from < to && StringPrototypeCharCodeAt(text, from) <= 32) from++;
  while (to > from && StringPrototypeCharCodeAt(text, to - 1) <= 32) to--;
  return StringPrototypeSlice(text, from, to);
}

/**
 * Parses `input` (well formed). Without `override` a record is returned, or undefined for no URL.
 * With it, parsing begins in that state, changes `url`, and what it could not use is ignored.
 */
export function parseUrl(input, base = null, url = null, override = null) {
  const p = {
    __proto__: null,
    input: withoutTabs(override === null ? trimControls(input) : input),
    at: 0,
    base,
    url: url ?? newRecord(),
    override,
    state: override ?? schemeStart,
    buffer: '',
    atSignSeen: false,
    inBrackets: false,
    passwordSeen: false,
  };
  for (; ; p.at++) {
    const { at } = p;
    const c = at < p.input.length ? StringPrototypeCodePointAt(p.input, at) : kEnd;
    const outcome = p.state(p, c);
    if (outcome === kFail) return undefined;
    if (outcome === kDone) return p.url;
    // A state may have stepped back from the end, to read it again in another state.
    if (c === kEnd && p.at >= p.input.length) return p.url;
    if (c > 0xffff && p.at === at) p.at++;
  }
}
