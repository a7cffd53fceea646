// URL, as the URL standard has it.
import {
  fragment,
  hasOpaquePath,
  host,
  hostname,
  parseUrl,
  pathStart,
  port,
  query,
  schemeStart,
} from './url/parser.js';
import { inUserinfo, percentEncode } from './url/percent.js';
import { portText } from './url/host.js';
import { installSearchParams, paramsState, URLSearchParams } from './url/search_params.js';
import {
  define,
  newList,
  StringPrototypeSlice,
  StringPrototypeStartsWith,
  toText,
  toWellFormed,
  TypeErrorCtor,
  webInterface,
} from './primordials.js';

function usv(value) {
  return toWellFormed(toText(value));
}

/** A record of the parser, or undefined for what is no address. */
export function parse(input, base) {
  const baseRecord = base === undefined ? null : parseUrl(usv(base));
  if (baseRecord === undefined) return undefined;
  return parseUrl(usv(input), baseRecord);
}

function pathText(url) {
  if (hasOpaquePath(url)) return url.path;
  let text = '';
  for (let i = 0; i < url.path.length; i++) text += '/' + url.path[i];
  return text;
}

function authorityText(url) {
  let text = '';
  if (url.username !== '' || url.password !== '') {
    text = url.username + (url.password === '' ? '' : ':' + url.password) + '@';
  }
  return text + url.host + (url.port === null ? '' : ':' + url.port);
}

/** A record as text. */
export function serialize(url) {
  let text = url.scheme;
  if (url.host !== null) text += '//' + authorityText(url);
  else if (!hasOpaquePath(url) && url.path.length > 1 && url.path[0] === '') text += '/.';
  return (
    text +
    pathText(url) +
    (url.query === null ? '' : '?' + url.query) +
    (url.fragment === null ? '' : '#' + url.fragment)
  );
}

function originOf(url) {
  switch (url.scheme) {
    case 'http:':
    case 'https:':
    case 'ws:':
    case 'wss:':
    case 'ftp:':
      return url.scheme + '//' + url.host + (url.port === null ? '' : ':' + url.port);
    case 'blob:': {
      const inner = parseUrl(pathText(url));
      return inner !== undefined && (inner.scheme === 'http:' || inner.scheme === 'https:')
        ? originOf(inner)
        : 'null';
    }
    default:
      return 'null';
  }
}

function cannotHaveCredentials(url) {
  return url.host === null || url.host === '' || url.scheme === 'file:';
}

class URL {
  #url;
  #params = undefined;

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new TypeErrorCtor('URL needs an address');
    const record = parse(input, base);
    if (record === undefined) throw new TypeErrorCtor('Invalid URL');
    this.#url = record;
  }
  static canParse(input, base = undefined) {
    return parse(input, base) !== undefined;
  }
  static parse(input, base = undefined) {
    try {
      return new URL(input, base);
    } catch {
      return null;
    }
  }

  get href() {
    return serialize(this.#url);
  }
  set href(value) {
    const record = parse(value, undefined);
    if (record === undefined) throw new TypeErrorCtor('Invalid URL');
    this.#url = record;
    this.#refill();
  }
  get origin() {
    return originOf(this.#url);
  }
  get protocol() {
    return this.#url.scheme;
  }
  set protocol(value) {
    this.#override(usv(value) + ':', schemeStart);
  }
  get username() {
    return this.#url.username;
  }
  set username(value) {
    if (!cannotHaveCredentials(this.#url)) {
      this.#url.username = percentEncode(usv(value), inUserinfo);
    }
  }
  get password() {
    return this.#url.password;
  }
  set password(value) {
    if (!cannotHaveCredentials(this.#url)) {
      this.#url.password = percentEncode(usv(value), inUserinfo);
    }
  }
  get host() {
    const { host: name, port: number } = this.#url;
    return name === null ? '' : number === null ? name : name + ':' + number;
  }
  set host(value) {
    if (!hasOpaquePath(this.#url)) this.#override(usv(value), host);
  }
  get hostname() {
    return this.#url.host ?? '';
  }
  set hostname(value) {
    if (!hasOpaquePath(this.#url)) this.#override(usv(value), hostname);
  }
  get port() {
    return portText(this.#url.port);
  }
  set port(value) {
    if (cannotHaveCredentials(this.#url)) return;
    const text = usv(value);
    if (text === '') this.#url.port = null;
    else this.#override(text, port);
  }
  get pathname() {
    return pathText(this.#url);
  }
  set pathname(value) {
    if (hasOpaquePath(this.#url)) return;
    this.#url.path = newList();
    this.#override(usv(value), pathStart);
  }
  get search() {
    const { query: text } = this.#url;
    return text === null || text === '' ? '' : '?' + text;
  }
  set search(value) {
    const text = usv(value);
    if (text === '') {
      this.#url.query = null;
      this.#stripOpaque();
    } else {
      this.#url.query = '';
      this.#override(withoutFirst(text, '?'), query);
    }
    this.#refill();
  }
  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams();
      this.#refill();
      paramsState.bind(this.#params, (text) => {
        this.#url.query = text === '' ? null : text;
        if (text === '') this.#stripOpaque();
      });
    }
    return this.#params;
  }
  get hash() {
    const { fragment: text } = this.#url;
    return text === null || text === '' ? '' : '#' + text;
  }
  set hash(value) {
    const text = usv(value);
    if (text === '') {
      this.#url.fragment = null;
      this.#stripOpaque();
    } else {
      this.#url.fragment = '';
      this.#override(withoutFirst(text, '#'), fragment);
    }
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }

  #override(text, state) {
    parseUrl(text, null, this.#url, state);
  }
  #refill() {
    if (this.#params !== undefined) paramsState.fill(this.#params, this.#url.query);
  }
  // Spaces at the end of an opaque path stand only before a query or a fragment.
  #stripOpaque() {
    const url = this.#url;
    if (!hasOpaquePath(url) || url.fragment !== null || url.query !== null) return;
    let end = url.path.length;
    while (end > 0 && url.path[end - 1] === ' ') end--;
    url.path = StringPrototypeSlice(url.path, 0, end);
  }
}
webInterface(URL, 'URL');

function withoutFirst(text, first) {
  return StringPrototypeStartsWith(text, first) ? StringPrototypeSlice(text, 1) : text;
}

export function installUrl(global) {
  define(global, 'URL', URL);
  installSearchParams(global);
}
