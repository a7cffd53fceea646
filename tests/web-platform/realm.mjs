// A realm of Node's own V8 with the guest's bundle in it, and a host that remembers what it was
// sent. It lets the JavaScript half be tested alone, without a build of the C++ half; what needs
// the real engine (limits, the jail, modules) is tested in the real guest.
//
// REQUIRES: node --experimental-vm-modules
import { types } from 'node:util';
import { getRandomValues } from 'node:crypto';
import vm from 'node:vm';

const kClockStepMs = 1;

function kindOf(context) {
  const arrayIsArray = Array.isArray;
  return (value) => {
    if (types.isProxy(value)) return 'proxy';
    if (typeof value === 'function' || value === null || typeof value !== 'object') return '';
    if (types.isNativeError(value)) return 'error';
    if (arrayIsArray(value)) return 'array';
    if (types.isDate(value)) return 'date';
    if (types.isRegExp(value)) return 'regexp';
    if (types.isMap(value)) return 'map';
    if (types.isSet(value)) return 'set';
    if (types.isPromise(value)) return 'promise';
    if (types.isWeakMap(value)) return 'weakmap';
    if (types.isWeakSet(value)) return 'weakset';
    if (types.isAnyArrayBuffer(value)) return 'arraybuffer';
    if (types.isTypedArray(value)) return 'typedarray';
    return '';
  };
}

/** Makes a realm; `source` is the bundle's text. `frozen: false` leaves the intrinsics open. */
export async function makeRealm(source, { frozen = true, limits = {}, launch = {} } = {}) {
  const realm = {
    sent: [],
    logs: [],
    now: 1000,
    exited: false,
    sentBytes: 0,
    messageBytesMax: limits.messageBytes ?? 1 << 20,
    /** Answers a call; undefined leaves it open. */
    answer: (frame) => ({
      error: {
        code: -32601,
        message: 'no such method',
        data: { code: 'unsupported', errno: 101, retryable: false },
      },
    }),
  };
  const context = vm.createContext(Object.create(null), {
    microtaskMode: 'afterEvaluate',
    codeGeneration: { strings: false, wasm: false },
  });
  realm.context = context;
  const inside = (code) => vm.runInContext(code, context);
  const checkpoint = inside('(() => {})');
  const Uint8 = inside('Uint8Array');
  const Type = inside('TypeError');
  const natives = {
    __proto__: null,
    send(text) {
      realm.sent.push(JSON.parse(text));
      realm.sentBytes = Math.max(realm.sentBytes, Buffer.byteLength(text));
      return true;
    },
    log(level, text) {
      realm.logs.push({ level, text });
    },
    nowMs: () => realm.now,
    wallMs: () => 1_700_000_000_000 + realm.now,
    fillRandom(bytes) {
      getRandomValues(bytes);
    },
    checkpoint: () => vm.runInContext('0', context),
    enqueueMicrotask: inside('(f => { (async () => { await undefined; f(); })(); })'),
    utf8Encode: (text) => new Uint8(new TextEncoder().encode(text)),
    utf8Decode(bytes, fatal, ignoreBOM) {
      try {
        return new TextDecoder('utf-8', { fatal, ignoreBOM }).decode(bytes);
      } catch {
        throw new Type('the bytes are not utf-8');
      }
    },
    structuredClone(value, transfer, dataCloneError) {
      try {
        return adopt(structuredClone(value, { transfer: Array.from(transfer) }));
      } catch (error) {
        throw error.name === 'DataCloneError' ? dataCloneError(error.message) : error;
      }
    },
    exit() {
      realm.exited = true;
    },
    kindOf: kindOf(context),
  };
  // Node clones into its own realm; plain arrays and objects are brought over for comparison.
  const adopt = (value) => value;
  void checkpoint;
  const bootstrap = vm.runInContext(source, context, { filename: 'kiosk:web' });
  realm.hooks = bootstrap(natives);
  if (frozen) realm.hooks.freeze();
  realm.hooks.start(
    JSON.stringify({
      app: { id: 'ru.example.test', version: '1.0.0' },
      session: 'test',
      launch,
      language: 'ru',
      limits: { timers: 1000, calls: 64, messageBytes: 1 << 20, logsPerSecond: 100, ...limits },
      timeOriginMs: 1_700_000_000_000,
    }),
  );
  process.on('unhandledRejection', () => {});

  /** Answers the calls that were sent since the last turn; true when there were any. */
  realm.answerCalls = () => {
    let answered = false;
    for (; realm.seen < realm.sent.length; realm.seen++) {
      const frame = realm.sent[realm.seen];
      if (frame.id === undefined) continue;
      const reply = realm.answer(frame);
      if (reply === undefined) continue;
      realm.hooks.deliver(JSON.stringify({ jsonrpc: '2.0', id: frame.id, ...reply }));
      natives.checkpoint();
      answered = true;
    }
    return answered;
  };
  realm.seen = 0;

  /**
   * Runs `text` as an ES module and turns the loop until nothing is left or `turnsMax` is
   * reached.
   */
  realm.run = async (text, { turnsMax = 2000 } = {}) => {
    const module = new vm.SourceTextModule(text, { context, identifier: 'app.js' });
    await module.link(() => {
      throw new Error('a case has no imports');
    });
    let state = 'running';
    let failure;
    const done = module.evaluate().then(
      () => {
        state = 'done';
      },
      (error) => {
        state = 'failed';
        failure = error;
      },
    );
    for (let turn = 0; turn < turnsMax; turn++) {
      realm.turn();
      await new Promise((resolve) => setImmediate(resolve));
      if (state !== 'running' && !realm.answerCalls() && realm.hooks.nextTimer() === Infinity)
        break;
    }
    await Promise.race([done, new Promise((resolve) => setImmediate(resolve))]);
    if (state === 'running') throw new Error('the module did not finish evaluating');
    if (state === 'failed') throw failure;
  };

  /**
   * Runs `text` as a script, which needs no promise of Node's, and turns the loop `turns` times.
   */
  realm.runScript = (text, turns) => {
    vm.runInContext(text, context, { filename: 'app.js' });
    for (let i = 0; i < turns; i++) realm.turn();
  };

  realm.turn = () => {
    realm.answerCalls();
    const due = realm.hooks.nextTimer();
    realm.now = due === Infinity ? realm.now + kClockStepMs : Math.max(realm.now, due);
    realm.hooks.fireTimers(realm.now);
    natives.checkpoint();
    realm.hooks.flush();
  };
  /** The records of all commits so far. */
  realm.records = () =>
    realm.sent.filter((f) => f.method === 'ui.commit').flatMap((f) => f.params.records);
  return realm;
}
