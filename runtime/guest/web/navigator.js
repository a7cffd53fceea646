// navigator: what an app may know about where it runs. Nothing of the device is told.
import { config } from './state.js';
import { define, ObjectFreeze, TypeErrorCtor, webInterface } from './primordials.js';

const kUserAgent = 'Kiosk/0.1';
let making = false;

class Navigator {
  #brand;
  constructor() {
    if (!making) throw new TypeErrorCtor('Navigator cannot be constructed');
  }
  get userAgent() {
    this.#brand;
    return kUserAgent;
  }
  get language() {
    this.#brand;
    return config.language;
  }
  get languages() {
    this.#brand;
    const list = [config.language];
    return ObjectFreeze(list);
  }
}
webInterface(Navigator, 'Navigator');

export function installNavigator(global) {
  making = true;
  define(global, 'navigator', new Navigator(), true);
  making = false;
  define(global, 'Navigator', Navigator);
}
