// fetch(): the bridge's net.fetch in the web's form. There is no second way out: what the gate says
// to one it says to the other.
import { signalState } from '../abort.js';
import { call } from '../calls.js';
import { sendBody } from './body.js';
import { Headers, headersState } from './headers.js';
import { Request, requestState, Response, responseState } from './messages.js';
import {
  define,
  newList,
  own,
  PromiseCtor,
  PromisePrototypeThen,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
  TypeErrorCtor,
} from '../primordials.js';

function withoutFragment(url) {
  const hash = StringPrototypeIndexOf(url, '#');
  return hash < 0 ? url : StringPrototypeSlice(url, 0, hash);
}

function paramsOf({ url, method, headers, redirect, body }) {
  const params = { __proto__: null, url: withoutFragment(url), method, redirect };
  const given = headersState.list(headers);
  const list = newList();
  for (let i = 0; i < given.length; i++) list[i] = given[i];
  if (list.length > 0) params.headers = list;
  sendBody(body, params);
  return params;
}

// As the web has it a failure is a TypeError; the BridgeError with the code is its cause.
function failureOf(error, signal) {
  if (signal !== undefined && signalState.aborted(signal)) return signalState.reason(signal);
  return new TypeErrorCtor('fetch failed: ' + own(error, 'message'), {
    __proto__: null,
    cause: error,
  });
}

function fetch(input, init = undefined) {
  return new PromiseCtor((resolve, reject) => {
    const parts = requestState.parts(new Request(input, init));
    const { signal, body } = parts;
    if (signal !== undefined && signalState.aborted(signal)) throw signalState.reason(signal);
    const answer = call('net.fetch', paramsOf(parts), { __proto__: null, signal });
    body.used = body.text !== null || body.bytes !== null;
    PromisePrototypeThen(
      answer,
      (result) => resolve(responseState.received(result)),
      (error) => reject(failureOf(error, signal)),
    );
  });
}

export function installFetch(global) {
  define(global, 'Headers', Headers);
  define(global, 'Request', Request);
  define(global, 'Response', Response);
  define(global, 'fetch', fetch, true);
}
