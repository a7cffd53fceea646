// A host as one would write it in an afternoon: the mini-app runs in this very process, in a
// context of node:vm, and gets the host's own functions and objects. It keeps no limit of time or
// memory (with --limits the one of time that node:vm has), takes modules from anywhere and tells
// what the app says as it is. Only to show that a case can tell it from Kiosk.
//
//   kiosk conformance --against naive

import {readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {format} from 'node:util';
import vm from 'node:vm';

import {appFolder, drive, methodNames, options, tell} from './driver.mjs';
import {naiveBridge} from './naive_bridge.mjs';

const turnMs = 1000;

/// A view of nothing but elements that hear their events at once; what is shown is tapped.
function naiveDocument() {
  class Element extends EventTarget {
    append(...all) {
      for (const one of all) {
        if (one instanceof Element) setTimeout(() => one.click(), 10);
      }
    }
    setAttribute(name, value) {
      this[name] = value;
    }
    click() {
      this.dispatchEvent(new Event('click'));
    }
  }
  return Object.assign(new Element(), {createElement: () => new Element(), body: new Element()});
}

/// The web's fetch over the bridge of the host.
const naiveFetch = kiosk => async input => {
  const answer = await kiosk.net.fetch({url: String(input?.url ?? input)});
  return new Response(answer.body, {status: answer.status});
};

function naiveConsole() {
  const log = (...all) => tell({event: 'log', text: format(...all)});
  return {...console, log, info: log, warn: log, error: log, debug: log};
}

function globalsOf(kiosk) {
  return {
    kiosk,
    BridgeError: kiosk.BridgeError,
    console: naiveConsole(),
    document: naiveDocument(),
    fetch: naiveFetch(kiosk),
    setTimeout,
    setInterval,
    clearTimeout,
    clearInterval,
    requestAnimationFrame: callback => setTimeout(callback, 16),
    queueMicrotask,
    structuredClone,
    performance,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    DOMException,
    AbortController,
    Headers,
    Request,
    Response,
    crypto: globalThis.crypto,
    atob,
    btoa,
    Event,
    EventTarget,
    dispatchEvent: () => true,
  };
}

const context = options.check || vm.createContext(globalsOf(naiveBridge(methodNames(), tell)));
const loaded = new Map();

/// The module of the file `path`, read once.
function moduleOf(path) {
  if (!loaded.has(path)) {
    loaded.set(path, new vm.SourceTextModule(readFileSync(path, 'utf8'), {
      context,
      identifier: path,
      importModuleDynamically: (name, {identifier}) => imported(name, identifier),
    }));
  }
  return loaded.get(path);
}

const link = async (name, {identifier}) => moduleOf(resolve(identifier, '..', name));

/// What import() gives: a file beside the importing one, or whatever else Node.js finds.
async function imported(name, from) {
  if (!name.startsWith('.')) return import(name);
  const module = moduleOf(resolve(from, '..', name));
  if (module.status === 'unlinked') await module.link(link);
  await module.evaluate();
  return module;
}

if (!options.check) {
  drive(async () => {
    const app = moduleOf(join(appFolder, 'app.js'));
    await app.link(link);
    await app.evaluate(options.limits ? {timeout: turnMs} : {});
  }, error => (error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? 'cpu' : undefined));
}
