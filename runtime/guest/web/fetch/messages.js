// Request and Response, as far as a mini-app has use for them: no streams, no FormData, no Blob, no
// cache and no credentials.
import { signalState } from '../abort.js';
import { parse, serialize } from '../url.js';
import { cloneBody, extractBody, hasBody, includeBody, receivedBody } from './body.js';
import { Headers, headersState } from './headers.js';
import {
  isObject,
  JSONStringify,
  NumberIsInteger,
  own,
  quoted,
  RangeErrorCtor,
  RegExpPrototypeExec,
  StringCtor,
  StringPrototypeToUpperCase,
  toNumber,
  toText,
  TypeErrorCtor,
  webInterface,
} from '../primordials.js';

const methodForm = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const usualMethods = /^(?:delete|get|head|options|post|put)$/i;
const barredMethods = /^(?:connect|trace|track)$/i;
const redirectModes = /^(?:follow|error|manual)$/;
const nullBodyStatus = /^(?:101|103|204|205|304)$/;

/** Access to the parts of both classes for fetch. */
export let requestState;
export let responseState;

function methodOf(given) {
  const method = toText(given);
  if (
    RegExpPrototypeExec(methodForm, method) === null ||
    RegExpPrototypeExec(barredMethods, method) !== null
  ) {
    throw new TypeErrorCtor('that is no method to send');
  }
  return RegExpPrototypeExec(usualMethods, method) === null
    ? method
    : StringPrototypeToUpperCase(method);
}

function addressOf(given) {
  const text = toText(given);
  const record = parse(text, undefined);
  if (record === undefined) {
    throw new TypeErrorCtor(
      quoted(text) +
        ' is not an absolute URL (https://…), and a mini-app has no address that it could be ' +
        'relative to',
    );
  }
  if (record.username !== '' || record.password !== '') {
    throw new TypeErrorCtor('the address names a user');
  }
  return serialize(record);
}

function withType(headers, type) {
  if (type !== null && headersState.get(headers, 'content-type') === null) {
    headersState.append(headers, 'content-type', type);
  }
}

export class Request {
  #url;
  #method = 'GET';
  #headers;
  #redirect = 'follow';
  #signal = undefined;
  #body;

  constructor(input, init = undefined) {
    if (arguments.length === 0) throw new TypeErrorCtor('a request needs an address');
    const from = isObject(input) && #url in input ? input : undefined;
    const given = init === undefined || init === null ? { __proto__: null } : init;
    if (!isObject(given)) throw new TypeErrorCtor('the options of a request are an object');
    const { method, headers, body, redirect, signal } = given;
    if (from !== undefined) this.#take(from, body === undefined || body === null);
    else this.#url = addressOf(input);
    if (method !== undefined) this.#method = methodOf(method);
    if (redirect !== undefined) {
      if (RegExpPrototypeExec(redirectModes, toText(redirect)) === null) {
        throw new TypeErrorCtor('redirect is follow, error or manual');
      }
      this.#redirect = toText(redirect);
    }
    if (signal !== undefined && signal !== null) {
      if (!signalState.isSignal(signal)) throw new TypeErrorCtor('signal is an AbortSignal');
      this.#signal = signal;
    } else if (signal === null) this.#signal = undefined;
    this.#headers = new Headers(headers ?? from?.#headers);
    if (body !== undefined && body !== null) {
      this.#body = extractBody(body);
      withType(this.#headers, this.#body.type);
    } else if (from === undefined) this.#body = extractBody(null);
    if (hasBody(this.#body) && (this.#method === 'GET' || this.#method === 'HEAD')) {
      throw new TypeErrorCtor('a ' + this.#method + ' request has no body');
    }
  }

  get url() {
    return this.#url;
  }
  get method() {
    return this.#method;
  }
  get headers() {
    return this.#headers;
  }
  get redirect() {
    return this.#redirect;
  }
  get signal() {
    if (this.#signal === undefined) this.#signal = signalState.make();
    return this.#signal;
  }
  clone() {
    const body = cloneBody(this.#body);
    const copy = new Request(this.#url, { __proto__: null, redirect: this.#redirect });
    copy.#method = this.#method;
    copy.#headers = new Headers(this.#headers);
    copy.#signal = this.#signal;
    copy.#body = body;
    return copy;
  }

  #take(from, withBody) {
    this.#url = from.#url;
    this.#method = from.#method;
    this.#redirect = from.#redirect;
    this.#signal = from.#signal;
    if (!withBody) return;
    this.#body = cloneBody(from.#body);
    if (hasBody(from.#body)) from.#body.used = true;
  }

  static {
    includeBody(Request, (request) => request.#body);
    requestState = {
      __proto__: null,
      parts: (request) => ({
        __proto__: null,
        url: request.#url,
        method: request.#method,
        headers: request.#headers,
        redirect: request.#redirect,
        signal: request.#signal,
        body: request.#body,
      }),
    };
  }
}
webInterface(Request, 'Request');

export class Response {
  #status = 200;
  #statusText = '';
  #headers;
  #url = '';
  #redirected = false;
  #body;

  constructor(body = null, init = undefined) {
    const given = init === undefined || init === null ? { __proto__: null } : init;
    if (!isObject(given)) throw new TypeErrorCtor('the options of a response are an object');
    const { status, statusText, headers } = given;
    if (status !== undefined) {
      const number = toNumber(status);
      if (!NumberIsInteger(number) || number < 200 || number > 599) {
        throw new RangeErrorCtor('a status is 200 to 599');
      }
      this.#status = number;
    }
    if (statusText !== undefined) this.#statusText = toText(statusText);
    this.#headers = new Headers(headers);
    this.#body = extractBody(body);
    if (hasBody(this.#body) && RegExpPrototypeExec(nullBodyStatus, StringCtor(this.#status))) {
      throw new TypeErrorCtor('a response of this status has no body');
    }
    withType(this.#headers, this.#body.type);
  }

  static json(data, init = undefined) {
    const text = JSONStringify(data);
    if (text === undefined) throw new TypeErrorCtor('JSON cannot carry that');
    const response = new Response(null, init);
    response.#body = extractBody(text);
    withType(response.#headers, 'application/json');
    return response;
  }

  get type() {
    this.#body;
    return 'basic';
  }
  get url() {
    return this.#url;
  }
  get redirected() {
    return this.#redirected;
  }
  get status() {
    return this.#status;
  }
  get ok() {
    return this.#status >= 200 && this.#status <= 299;
  }
  get statusText() {
    return this.#statusText;
  }
  get headers() {
    return this.#headers;
  }
  clone() {
    const copy = new Response(null);
    copy.#body = cloneBody(this.#body);
    copy.#status = this.#status;
    copy.#statusText = this.#statusText;
    copy.#headers = new Headers(this.#headers);
    copy.#url = this.#url;
    copy.#redirected = this.#redirected;
    return copy;
  }

  static {
    includeBody(Response, (response) => response.#body);
    responseState = {
      __proto__: null,
      /** From the result of net.fetch. */
      received(result) {
        const response = new Response(null);
        response.#status = own(result, 'status');
        response.#url = own(result, 'url');
        response.#redirected = own(result, 'redirected');
        const headers = own(result, 'headers');
        for (let i = 0; i < headers.length; i++) {
          const header = headers[i];
          headersState.append(response.#headers, own(header, 'name'), own(header, 'value'));
        }
        response.#body = receivedBody(own(result, 'body'), own(result, 'bodyBase64'));
        return response;
      },
    };
  }
}
webInterface(Response, 'Response');
