// queueMicrotask: an error in the callback is reported, as for a timer.
import { natives } from './state.js';
import { reportException } from './report.js';
import { define, TypeErrorCtor } from './primordials.js';

export function installMicrotasks(global) {
  define(
    global,
    'queueMicrotask',
    function queueMicrotask(callback) {
      if (typeof callback !== 'function')
        throw new TypeErrorCtor('queueMicrotask needs a function');
      natives.enqueueMicrotask(() => {
        try {
          callback();
        } catch (error) {
          reportException(error);
        }
      });
    },
    true,
  );
}
