// A host over isolated-vm as its README advises: the mini-app runs in an isolate of its own with a
// limit of memory, each turn has a limit of time, and nothing but JSON text goes in and out. The
// bridge behind it is the naive one, so that what is compared is the sandbox.
//
//   npm install isolated-vm        (7 wants Node.js 24, 5 takes 18 and 20)
//   kiosk conformance --against isolated-vm --modules DIR

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {join, resolve} from 'node:path';

import {appFolder, drive, methodNames, options, tell} from './driver.mjs';
import {naiveBridge} from './naive_bridge.mjs';

const ivm = createRequire(join(resolve(options.modules), 'host.js'))('isolated-vm');
const heapMiB = 64;
const turnMs = 1000;

/// Inside the isolate: what an app finds, over the host's functions `log`, `call`, `later`. Gives
/// the two functions by which the host answers.
const prelude = `
  const [names, log, call, later] = [$0.split(' '), $1, $2, $3];
  const waiting = new Map(), timers = new Map();
  let last = 0;
  class BridgeError extends Error {}
  const text = value => typeof value === 'string' ? value : String(value);
  const say = (...all) => log(all.map(text).join(' '));
  globalThis.console = {log: say, info: say, warn: say, error: say, debug: say};
  globalThis.setTimeout = (run, ms = 0) => {
    timers.set(++last, run);
    later(last, ms);
    return last;
  };
  globalThis.clearTimeout = id => void timers.delete(id);
  globalThis.queueMicrotask = run => void Promise.resolve().then(run);
  const kiosk = {BridgeError, launch: {entryPoint: 'menu'}, on() {}, off() {}};
  kiosk.call = (name, params = {}) => new Promise((resolve, reject) => {
    const json = JSON.stringify(params);
    waiting.set(++last, {resolve, reject});
    call(last, name, json);
  });
  for (const name of names) {
    const path = name.split('.');
    const own = path.pop();
    let place = kiosk;
    for (const part of path) place = place[part] ??= {};
    place[own] = params => kiosk.call(name, params);
  }
  Object.assign(globalThis, {kiosk, BridgeError});
  return {
    fire(id) {
      const run = timers.get(id);
      timers.delete(id);
      run?.();
    },
    settle(id, json) {
      waiting.get(id)?.resolve(JSON.parse(json));
      waiting.delete(id);
    },
  };`;

/// Which limit of isolated-vm an error tells.
function reasonOf(error) {
  const said = String(error?.message);
  if (/timed out/.test(said)) return 'cpu';
  if (/memory limit|disposed/.test(said)) return 'heap';
  if (/allocation failed/.test(said)) return 'memory';
  return undefined;
}

async function open() {
  const isolate = new ivm.Isolate({memoryLimit: heapMiB});
  const context = await isolate.createContext();
  const kiosk = naiveBridge(methodNames(), tell);
  let guest;
  const enter = (name, ...values) => {
    const entered = guest.getSync(name, {reference: true}).apply(undefined, values, {
      timeout: turnMs,
    });
    // What ends the app ends in the driver's handler.
    entered.catch(error => setImmediate(() => {
                    throw error;
                  }));
  };
  const over = new Promise(resolveOver => {
    const log = text => {
      tell({event: 'log', text});
      if (text.startsWith('@case ')) resolveOver();
    };
    const call = async (id, name, json) => {
      const answer = await kiosk.call(name, JSON.parse(json));
      enter('settle', id, JSON.stringify(answer ?? null));
    };
    const later = (id, ms) => void setTimeout(enter, ms, 'fire', id);
    guest = context.evalClosureSync(
        prelude,
        [
          methodNames().join(' '), new ivm.Callback(log), new ivm.Callback(call, {ignored: true}),
          new ivm.Callback(later, {ignored: true})
        ],
        {result: {reference: true}});
  });
  const loaded = new Map();
  const moduleOf = path => {
    if (!loaded.has(path)) {
      loaded.set(path, isolate.compileModuleSync(readFileSync(path, 'utf8'), {filename: path}));
    }
    return loaded.get(path);
  };
  const app = moduleOf(join(appFolder, 'app.js'));
  app.instantiateSync(context, name => moduleOf(join(appFolder, name)));
  await app.evaluate({timeout: turnMs});
  // An app that has more to do says so by its outcome, or is left when its time is over.
  await over;
}

if (!options.check) drive(open, reasonOf);
