// What every app does in its first moments, done in the zygote: code that has run is compiled and
// its type feedback is there, in pages that all guests share. Measured on an idle guest: see
// docs/benchmarks.md.
//
// Nothing of it is left but numbers used up (of calls, nodes and timers); the host asks for rising
// ones only.
import { config, natives } from './state.js';

let lastCall = 0;

/** One round; the engine runs microtasks after it. `hooks` are the bootstrap's own. */
export function rehearse(hooks) {
  hooks.start('{"app":{"id":"a.b"},"launch":{},"limits":{},"language":"' + config.language + '"}');
  rehearseCall(hooks);
  rehearseView(hooks);
  setTimeout(() => {}, 0);
  hooks.fireTimers(natives.nowMs() + 1000);
  hooks.nextTimer();
  hooks.flush();
  hooks.reportRejections();
  hooks.idle();
}

function rehearseCall(hooks) {
  const { kiosk } = globalThis;
  kiosk.call('host.info', { text: 'a', count: 1, list: [true] }).then(() => {}, () => {});
  lastCall += 1;
  hooks.deliver('{"jsonrpc":"2.0","id":' + lastCall + ',"result":{"ok":true,"list":["a"]}}');
}

function rehearseView(hooks) {
  const { document } = globalThis;
  const box = document.createElement('div');
  const button = document.createElement('button');
  button.addEventListener('click', () => {});
  button.setAttribute('class', 'a');
  button.textContent = 'a';
  box.append(button, document.createTextNode('b'));
  document.body.appendChild(box);
  hooks.flush();
  box.remove();
  hooks.flush();
}
