// performance.now and timeOrigin, on the coarse clock that the engine gives.
import { config, natives } from './state.js';
import { define, TypeErrorCtor, webInterface } from './primordials.js';

let making = false;
let originNowMs = 0;

class Performance {
  #brand;
  constructor() {
    if (!making) throw new TypeErrorCtor('Performance cannot be constructed');
  }
  now() {
    this.#brand;
    return sinceStart();
  }
  get timeOrigin() {
    this.#brand;
    return config.timeOriginMs;
  }
  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
webInterface(Performance, 'Performance');

/** Milliseconds since the app was started. */
export function sinceStart() {
  return natives.nowMs() - originNowMs;
}

/** Makes the present moment the zero of performance.now(). */
export function startClock() {
  originNowMs = natives.nowMs();
}

export function installPerformance(global) {
  making = true;
  define(global, 'performance', new Performance(), true);
  making = false;
  define(global, 'Performance', Performance);
}
