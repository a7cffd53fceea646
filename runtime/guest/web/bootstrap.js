// The entry of the bundle: installs the web globals and hands the engine its hooks. Runs once in
// the zygote; everything here is inherited by the guests forked from it.
import './es_features.js';
import { setNatives, config, natives } from './state.js';
import { installAbort } from './abort.js';
import { installBase64 } from './base64.js';
import { callsInFlight, deepFreeze, hostCancelled, settle } from './calls.js';
import { installConsole } from './console.js';
import { installCrypto } from './crypto.js';
import { installDOMException } from './dom_exception.js';
import { hostEvent } from './dom/host_events.js';
import { flushView, hasRootListeners, hasViewChildren } from './dom/view.js';
import { installEncoding } from './encoding.js';
import { installEvents } from './event.js';
import { installEventTarget } from './event_target.js';
import { installFetch } from './fetch/fetch.js';
import { freezeIntrinsics } from './freeze.js';
import { installDom, installGlobalTarget } from './globals.js';
import { emit, hasKioskListeners, installKiosk } from './kiosk.js';
import { installMicrotasks } from './microtasks.js';
import { installNavigator } from './navigator.js';
import { installPerformance, startClock } from './performance.js';
import { rehearse } from './rehearse.js';
import { handled, installReport, rejected, reportException, reportRejections } from './report.js';
import { installStructuredClone } from './structured_clone.js';
import { fireTimers, installTimers, nextTimer } from './timers.js';
import { installUrl } from './url.js';
import { warmUp } from './warm_up.js';
import { isObject, JSONParse, own } from './primordials.js';

/** Tells the host that turns end: an app that says nothing for long may still be alive. */
const PONG = '{"jsonrpc":"2.0","method":"$/pong","params":{}}';

/** One frame of the host's: a response, or a notification. */
function deliver(frameText) {
  const frame = JSONParse(frameText);
  const method = own(frame, 'method');
  if (method === undefined) {
    settle(frame);
    return;
  }
  const params = own(frame, 'params');
  if (method === 'ui.event') hostEvent(params);
  else if (!isObject(params)) return;
  else if (method === 'lifecycle') emit(own(params, 'type'), deepFreeze(own(params, 'detail')));
  else if (method === '$/ping') natives.send(PONG);
  else if (method === '$/cancelled') hostCancelled(own(params, 'id'));
}

/** The end of a turn: what it drew goes to the host. */
function flush() {
  flushView();
}

/** Nothing is left to do: the app has no timer, no call, no view and no listener. */
function idle() {
  return (
    nextTimer() === Infinity &&
    callsInFlight() === 0 &&
    !hasViewChildren() &&
    !hasRootListeners() &&
    !hasKioskListeners()
  );
}

function start(configText) {
  const given = JSONParse(configText);
  const limits = own(given, 'limits') ?? {};
  config.language = own(given, 'language') ?? config.language;
  config.timersMax = own(limits, 'timers') ?? config.timersMax;
  config.callsMax = own(limits, 'calls') ?? config.callsMax;
  config.messageBytesMax = own(limits, 'messageBytes') ?? config.messageBytesMax;
  config.messageDepthMax = own(limits, 'messageDepth') ?? config.messageDepthMax;
  config.messageValuesMax = own(limits, 'messageValues') ?? config.messageValuesMax;
  config.timeOriginMs = own(given, 'timeOriginMs') ?? natives.wallMs();
  config.launch = deepFreeze(own(given, 'launch') ?? {});
  startClock();
}

export function bootstrap(given) {
  setNatives(given);
  const global = globalThis;
  const installers = [
    installDOMException,
    installEvents,
    installEventTarget,
    installAbort,
    installGlobalTarget,
    installReport,
    installTimers,
    installMicrotasks,
    installConsole,
    installStructuredClone,
    installEncoding,
    installBase64,
    installUrl,
    installFetch,
    installCrypto,
    installPerformance,
    installNavigator,
    installDom,
    installKiosk,
  ];
  for (const install of installers) install(global);
  warmUp();
  const hooks = {
    __proto__: null,
    deliver,
    fireTimers,
    nextTimer,
    flush,
    idle,
    start,
    rejected,
    handled,
    reportRejections,
    reportException,
    freeze: () => freezeIntrinsics(global),
    rehearse: () => rehearse(hooks),
  };
  return hooks;
}
