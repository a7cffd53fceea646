// console: each call is one line of at most kLineCharsMax characters. How many lines a second may
// have is the engine's matter (natives.log counts and drops).
import { natives } from './state.js';
import { inspect, peek } from './inspect.js';
import { kLineCharsMax, oneLine } from './log_line.js';
import {
  define,
  ErrorCaptureStackTrace,
  isObject,
  MathTrunc,
  NumberCtor,
  ObjectKeys,
  own,
  SafeMap,
  StringCtor,
  StringPrototypeRepeat,
  StringPrototypeSlice,
} from './primordials.js';

const kGroupsMax = 32;
const kLabelsMax = 1000;
const kTableRowsMax = 100;
const kDebug = 0;
const kInfo = 1;
const kWarn = 2;
const kError = 3;

let indent = 0;
const counts = new SafeMap();
const timers = new SafeMap();

function write(level, text) {
  natives.log(level, oneLine(StringPrototypeRepeat('  ', indent) + text));
}

function plain(value) {
  return typeof value === 'string' ? value : inspect(value);
}

/** The arguments from `first` on as one text, with the %-directives of a leading string. */
function format(args, first) {
  let at = first;
  let text = '';
  if (typeof args[first] === 'string' && args.length > first + 1) {
    const pattern = args[first];
    let from = 0;
    at = first + 1;
    for (let i = 0; i + 1 < pattern.length; i++) {
      if (pattern[i] !== '%') continue;
      const directive = pattern[i + 1];
      const isPercent = directive === '%';
      if (!isPercent && at >= args.length) continue;
      const piece = isPercent ? '%' : substitute(directive, args[at]);
      if (piece === undefined) continue;
      text += StringPrototypeSlice(pattern, from, i) + piece;
      if (!isPercent) at++;
      from = ++i + 1;
    }
    text += StringPrototypeSlice(pattern, from);
    if (at < args.length) text += ' ';
  }
  for (let i = at; i < args.length && text.length < kLineCharsMax; i++) {
    text += (i === at ? '' : ' ') + plain(args[i]);
  }
  return text;
}

function substitute(directive, value) {
  switch (directive) {
    case 's':
      return plain(value);
    case 'd':
    case 'i':
      if (typeof value === 'bigint') return StringCtor(value) + 'n';
      if (typeof value === 'symbol' || isObject(value)) return 'NaN';
      return StringCtor(directive === 'i' ? MathTrunc(NumberCtor(value)) : NumberCtor(value));
    case 'f':
      return typeof value === 'symbol' || isObject(value) ? 'NaN' : StringCtor(NumberCtor(value));
    case 'o':
    case 'O':
      return inspect(value);
    case 'c':
      return '';
    default:
      return undefined;
  }
}

function labelOf(value) {
  return value === undefined ? 'default' : plain(value);
}

function elapsed(label) {
  const start = timers.get(label);
  if (start === undefined) {
    write(kWarn, "there is no timer '" + label + "'");
    return undefined;
  }
  return label + ': ' + (natives.nowMs() - start) + ' ms';
}

function tableRows(data) {
  const keys = ObjectKeys(data);
  for (let i = 0; i < keys.length && i < kTableRowsMax; i++) {
    write(kInfo, keys[i] + ' | ' + inspect(own(data, keys[i])));
  }
  if (keys.length > kTableRowsMax)
    write(kInfo, '… ' + (keys.length - kTableRowsMax) + ' more rows');
}

const methods = {
  __proto__: null,
  log(...args) {
    write(kInfo, format(args, 0));
  },
  info(...args) {
    write(kInfo, format(args, 0));
  },
  debug(...args) {
    write(kDebug, format(args, 0));
  },
  warn(...args) {
    write(kWarn, format(args, 0));
  },
  error(...args) {
    write(kError, format(args, 0));
  },
  trace(...args) {
    const holder = { __proto__: null };
    ErrorCaptureStackTrace(holder, methods.trace);
    const stack = peek(holder, 'stack');
    const frames = typeof stack === 'string' ? StringPrototypeSlice(stack, 5) : '';
    write(kInfo, 'Trace' + (args.length === 0 ? '' : ': ' + format(args, 0)) + frames);
  },
  assert(condition, ...args) {
    if (condition) return;
    write(kError, 'Assertion failed' + (args.length === 0 ? '' : ': ' + format(args, 0)));
  },
  count(label) {
    const name = labelOf(label);
    const count = (counts.get(name) ?? 0) + 1;
    if (count === 1 && counts.size >= kLabelsMax) counts.clear();
    counts.set(name, count);
    write(kInfo, name + ': ' + count);
  },
  countReset(label) {
    if (!counts.delete(labelOf(label)))
      write(kWarn, "there is no counter '" + labelOf(label) + "'");
  },
  dir(value) {
    write(kInfo, inspect(value));
  },
  dirxml(...args) {
    write(kInfo, format(args, 0));
  },
  table(data) {
    if (isObject(data)) tableRows(data);
    else write(kInfo, plain(data));
  },
  time(label) {
    const name = labelOf(label);
    if (timers.has(name)) return write(kWarn, "timer '" + name + "' runs already");
    if (timers.size >= kLabelsMax) timers.clear();
    timers.set(name, natives.nowMs());
  },
  timeLog(label, ...args) {
    const text = elapsed(labelOf(label));
    if (text !== undefined) write(kInfo, args.length === 0 ? text : text + ' ' + format(args, 0));
  },
  timeEnd(label) {
    const text = elapsed(labelOf(label));
    if (text === undefined) return;
    timers.delete(labelOf(label));
    write(kInfo, text);
  },
  group(...args) {
    if (args.length > 0) write(kInfo, format(args, 0));
    if (indent < kGroupsMax) indent++;
  },
  groupCollapsed(...args) {
    if (args.length > 0) write(kInfo, format(args, 0));
    if (indent < kGroupsMax) indent++;
  },
  groupEnd() {
    if (indent > 0) indent--;
  },
  clear() {
    indent = 0;
  },
};

export function installConsole(global) {
  const console = {};
  const names = ObjectKeys(methods);
  for (let i = 0; i < names.length; i++) define(console, names[i], methods[names[i]], true);
  define(global, 'console', console);
}
