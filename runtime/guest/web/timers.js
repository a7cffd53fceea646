// setTimeout and setInterval as HTML has them, over one binary heap; and the bootstrap's own
// timers, which do not count against the app's limit.
import { config, natives } from './state.js';
import { DOMException } from './dom_exception.js';
import { sinceStart } from './performance.js';
import { reportException } from './report.js';
import {
  define,
  MathMax,
  MathMin,
  newList,
  NumberIsNaN,
  ReflectApply,
  SafeMap,
  toNumber,
  TypeErrorCtor,
} from './primordials.js';

const kNestingFree = 5;
const kNestedDelayMsMin = 4;
const kFrameMs = 16;
const kDelayMsMax = 0x7fffffff;

// A binary heap by (due, order). A cleared timer stays in it, dead, until it reaches the top or
// until the dead outnumber the living.
let heap = newList();
let dead = 0;
let order = 0;
let lastId = 0;
let appTimers = 0;
let nesting = 0;
let frameDue = -Infinity;
const byId = new SafeMap();

function before(a, b) {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}

function push(timer) {
  timer.queued = true;
  let at = heap.length;
  heap[at] = timer;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!before(timer, heap[parent])) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = timer;
}

function pop() {
  const top = heap[0];
  const last = heap[heap.length - 1];
  heap.length--;
  if (heap.length > 0) siftDown(last);
  top.queued = false;
  return top;
}

function siftDown(timer) {
  const { length } = heap;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && before(heap[child + 1], heap[child])) child++;
    if (!before(heap[child], timer)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = timer;
}

function dropDead() {
  while (heap.length > 0 && heap[0].run === null) {
    pop();
    dead--;
  }
  if (dead <= 64 || dead * 2 < heap.length) return;
  const old = heap;
  heap = newList();
  dead = 0;
  for (let i = 0; i < old.length; i++) if (old[i].run !== null) push(old[i]);
}

function schedule(timer, due) {
  timer.due = due;
  timer.order = ++order;
  push(timer);
}

function kill(timer) {
  timer.run = null;
  if (!timer.queued) return;
  dead++;
  dropDead();
}

/** Runs `run` once after `delay` ms; the result goes to `cancelInternal`. */
export function scheduleInternal(delay, run) {
  const timer = {
    __proto__: null,
    run,
    due: 0,
    order: 0,
    id: 0,
    repeat: -1,
    nesting: 0,
    queued: false,
  };
  schedule(timer, natives.nowMs() + delay);
  return timer;
}

export function cancelInternal(timer) {
  if (timer.run !== null) kill(timer);
}

/** A timer of the app's; `repeat` is the time between its runs, or -1. */
function addTimer(run, due, repeat) {
  if (appTimers >= config.timersMax) {
    throw new DOMException(
      'more than ' + config.timersMax + ' timers are pending',
      'QuotaExceededError',
    );
  }
  const timer = {
    __proto__: null,
    due: 0,
    order: 0,
    id: ++lastId,
    nesting: nesting + 1,
    repeat,
    queued: false,
    run,
  };
  byId.set(timer.id, timer);
  appTimers++;
  schedule(timer, due);
  return timer.id;
}

function setTimer(handler, delay, args, repeats) {
  if (typeof handler !== 'function') {
    throw new TypeErrorCtor('a timer needs a function: code in a string is not run');
  }
  const asked = toNumber(delay);
  let wait = NumberIsNaN(asked) || asked > kDelayMsMax ? 0 : MathMax(0, asked | 0);
  if (nesting > kNestingFree) wait = MathMax(wait, kNestedDelayMsMin);
  const run = () => ReflectApply(handler, undefined, args);
  return addTimer(run, natives.nowMs() + wait, repeats ? wait : -1);
}

function clearTimer(id) {
  const timer = byId.get(toNumber(id));
  if (timer === undefined) return;
  byId.delete(timer.id);
  appTimers--;
  if (timer.run !== null) kill(timer);
}

/**
 * Runs every timer that is due at `nowMs` and was set before this call, a checkpoint after each.
 */
export function fireTimers(nowMs) {
  const last = order;
  for (;;) {
    dropDead();
    if (heap.length === 0 || heap[0].due > nowMs || heap[0].order > last) return;
    const timer = pop();
    fire(timer);
    natives.checkpoint();
  }
}

function fire(timer) {
  const { run } = timer;
  if (timer.repeat < 0) {
    timer.run = null;
    if (byId.delete(timer.id)) appTimers--;
  }
  nesting = timer.nesting;
  try {
    run();
  } catch (error) {
    reportException(error);
  }
  nesting = 0;
  if (timer.repeat < 0 || timer.run === null) return;
  timer.nesting = MathMin(timer.nesting + 1, kNestingFree + 1);
  if (timer.nesting > kNestingFree) timer.repeat = MathMax(timer.repeat, kNestedDelayMsMin);
  schedule(timer, natives.nowMs() + timer.repeat);
}

/** When the next timer is due, in ms of the monotonic clock; Infinity when there is none. */
export function nextTimer() {
  dropDead();
  return heap.length === 0 ? Infinity : heap[0].due;
}

/**
 * Frames are timers on a grid of 16 ms: the host draws when it likes, and the callbacks that were
 * asked for before a frame are to run in it together.
 */
function requestFrame(callback) {
  if (typeof callback !== 'function') throw new TypeErrorCtor('a frame needs a function');
  const now = natives.nowMs();
  if (now - frameDue > kFrameMs) frameDue = now + kFrameMs - (sinceStart() % kFrameMs);
  const due = frameDue;
  const run = () => {
    if (frameDue === due) frameDue = -Infinity;
    ReflectApply(callback, undefined, [sinceStart()]);
  };
  return addTimer(run, due, -1);
}

export function installTimers(global) {
  define(
    global,
    'setTimeout',
    function setTimeout(handler, delay = 0, ...args) {
      return setTimer(handler, delay, args, false);
    },
    true,
  );
  define(
    global,
    'setInterval',
    function setInterval(handler, delay = 0, ...args) {
      return setTimer(handler, delay, args, true);
    },
    true,
  );
  define(
    global,
    'clearTimeout',
    function clearTimeout(id = 0) {
      clearTimer(id);
    },
    true,
  );
  define(
    global,
    'clearInterval',
    function clearInterval(id = 0) {
      clearTimer(id);
    },
    true,
  );
  define(
    global,
    'requestAnimationFrame',
    function requestAnimationFrame(callback) {
      return requestFrame(callback);
    },
    true,
  );
  define(
    global,
    'cancelAnimationFrame',
    function cancelAnimationFrame(id = 0) {
      clearTimer(id);
    },
    true,
  );
}
