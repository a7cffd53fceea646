// What the modules of the bootstrap share: the native half, and the configuration of the session.

/** The functions that C++ gave; set once by bootstrap(). */
export let natives = null;

/** The global object, under a name that no app can give to another. */
export const globalObject = globalThis;

export function setNatives(object) {
  natives = object;
}

/** The session's configuration, with the defaults that hold until `start`. */
export const config = {
  __proto__: null,
  language: 'ru',
  timersMax: 1000,
  callsMax: 64,
  messageBytesMax: 1 << 20,
  messageDepthMax: 32,
  messageValuesMax: 16384,
  timeOriginMs: 0,
  launch: undefined,
};
