// A host as one would write it in an afternoon: the mini-app runs in this very process, in a
// context of node:vm, and gets the host's own functions and objects. It keeps no limit of time or
// memory and writes what the app says as it is. Only to show that a case can tell it from Kiosk.
//
//   node --experimental-vm-modules naive_host.mjs CASE       "@case …" lines, as in a real run

import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import vm from 'node:vm';

import {splitCase} from '../../web-platform/front_matter.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const bridge = join(here, '../../../bridge');
/// Time for what a case left to run.
const lingerMs = 200;

/// The bridge as host functions over a Map: `kiosk.storage.local.get` and all others of the
/// catalogue, which answer with an object of the host.
function naiveBridge() {
  const kept = new Map();
  const answers = {
    'storage.local.set': ({key, value}) => void kept.set(key, value),
    'storage.local.get': ({key}) => ({value: structuredClone(kept.get(key) ?? null)}),
  };
  const kiosk = {BridgeError: Error, launch: {entryPoint: 'menu'}};
  kiosk.call = async (name, params) => answers[name]?.(params) ?? {name};
  for (const folder of readdirSync(bridge, {withFileTypes: true})) {
    if (!folder.isDirectory()) continue;
    for (const file of readdirSync(join(bridge, folder.name))) {
      if (!file.endsWith('.api.json')) continue;
      const {namespace, methods = []} = JSON.parse(readFileSync(join(bridge, folder.name, file)));
      for (const {name} of methods) addMethod(kiosk, `${namespace}.${name}`);
    }
  }
  return kiosk;
}

function addMethod(kiosk, name) {
  const path = name.split('.');
  const last = path.pop();
  let place = kiosk;
  for (const part of path) place = place[part] ??= {};
  place[last] = async params => kiosk.call(name, params);
}

/// A view of nothing but elements that hear their events at once.
function naiveDocument() {
  class Element extends EventTarget {
    append() {
      setTimeout(() => this.click?.(), 10);
    }
  }
  const button = () => Object.assign(new Element(), {
    click() {
      this.dispatchEvent(new Event('click'));
    },
  });
  return {createElement: button, body: {append: (...all) => all.forEach(one => one.append())}};
}

function globalsOf(kiosk) {
  return {
    kiosk,
    BridgeError: kiosk.BridgeError,
    console,
    document: naiveDocument(),
    setTimeout,
    setInterval,
    clearTimeout,
    clearInterval,
    requestAnimationFrame: callback => setTimeout(callback, 16),
    queueMicrotask,
    structuredClone,
    performance,
    URL,
    TextEncoder,
    TextDecoder,
    DOMException,
    crypto: globalThis.crypto,
    atob,
    btoa,
    Event,
    EventTarget,
  };
}

/// The case as one script: what it imports stands before it.
function scriptOf({meta, body}) {
  const rest = body.replace(/^import\s[^;]*;$/gm, '');
  if (meta.raw) return `(async () => {${rest}\n})()`;
  const harness = readFileSync(join(here, '../harness.js'), 'utf8').replace(/^export /gm, '');
  return `(async () => {${harness}
    try {
      await (async () => {${rest}\n})();
      settle();
    } catch (error) {
      settle(error);
    }
  })()`;
}

const test = splitCase(readFileSync(process.argv[2], 'utf8'));
const context = vm.createContext(globalsOf(naiveBridge()));
await vm.runInContext(scriptOf(test), context, {filename: process.argv[2]});
setTimeout(() => process.exit(0), lingerMs);
