// BridgeError: how a call to the host fails. The table of codes is made from the C++ list at build
// time.
import { errorCodes } from 'kiosk:errors';
import {
  ErrorCtor,
  isObject,
  ObjectDefineProperty,
  ObjectFreeze,
  own,
  StringCtor,
} from './primordials.js';

const kUnknown = { __proto__: null, errno: 117, retryable: false };

function fact(self, key, value) {
  ObjectDefineProperty(self, key, { __proto__: null, value, enumerable: true });
}

let brand;

export class BridgeError extends ErrorCtor {
  #brand;
  constructor(code, message, facts = undefined) {
    super(message === undefined ? '' : StringCtor(message));
    const name = StringCtor(code);
    const known = errorCodes[name] ?? kUnknown;
    fact(this, 'code', name);
    fact(this, 'errno', (facts && own(facts, 'errno')) ?? known.errno);
    fact(this, 'retryable', (facts && own(facts, 'retryable')) ?? known.retryable);
    fact(this, 'method', (facts && own(facts, 'method')) ?? '');
    fact(this, 'details', facts && own(facts, 'details'));
  }

  static {
    brand = (value) => #brand in value;
  }
}
ObjectDefineProperty(BridgeError.prototype, 'name', {
  __proto__: null,
  value: 'BridgeError',
  writable: true,
  configurable: true,
});

/** Whether `value` was made by this class; asks nothing of the app's. */
export const isBridgeError = (value) => isObject(value) && brand(value);

export function freezeBridgeError() {
  ObjectFreeze(BridgeError.prototype);
  ObjectFreeze(BridgeError);
}
