// structuredClone over V8's own serializer (structured_clone.cc). Objects of web classes that are
// made in JavaScript (URL, Event, nodes, AbortSignal) cannot be cloned and are refused at the top.
import { natives } from './state.js';
import { DOMException } from './dom_exception.js';
import { signalState } from './abort.js';
import { eventState } from './event.js';
import { targetState } from './event_target.js';
import { define, isObject, newList, SymbolIterator, TypeErrorCtor } from './primordials.js';

const kTransfersMax = 1000;

function dataCloneError(message) {
  return new DOMException(message, 'DataCloneError');
}

function transfersOf(options) {
  const list = newList();
  if (!isObject(options)) return list;
  const { transfer } = options;
  if (transfer === undefined) return list;
  if (!isObject(transfer)) throw new TypeErrorCtor('transfer must be a list');
  const iterator = transfer[SymbolIterator]();
  for (let step = iterator.next(); !step.done; step = iterator.next()) {
    for (let i = 0; i < list.length; i++) {
      if (list[i] === step.value) throw dataCloneError('a buffer stands twice in transfer');
    }
    if (natives.kindOf(step.value) !== 'arraybuffer') {
      throw dataCloneError('only an ArrayBuffer can be transferred');
    }
    if (list.length >= kTransfersMax) throw dataCloneError('too many buffers in transfer');
    list[list.length] = step.value;
  }
  return list;
}

function isOurs(value) {
  return (
    isObject(value) &&
    (eventState.isEvent(value) || targetState.isTarget(value) || signalState.isSignal(value))
  );
}

export function installStructuredClone(global) {
  define(
    global,
    'structuredClone',
    function structuredClone(value, options = undefined) {
      if (arguments.length === 0) throw new TypeErrorCtor('structuredClone needs a value');
      const transfers = transfersOf(options);
      if (isOurs(value)) throw dataCloneError('an object of this class cannot be cloned');
      return natives.structuredClone(value, transfers, dataCloneError);
    },
    true,
  );
}
