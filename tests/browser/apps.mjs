// Mini-apps of the tests' own.

import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

import {root, writeApp} from '../support/kiosk.mjs';

export const operator = {
  name: 'Example Ltd',
  address: '1 Test Street',
  email: 'test@example.org',
  privacy_policy_url: 'https://example.org/privacy',
  terms_url: 'https://example.org/terms',
  age_rating: '0+',
};

/// Buttons in a row, and what came of the last one pressed.
const probeCode = `
const outcome = document.createElement('p');
outcome.setAttribute('role', 'status');
function button(label, act) {
  const made = document.createElement('button');
  made.textContent = label;
  made.addEventListener('click', async () => {
    outcome.textContent = label + ': waiting';
    try {
      outcome.textContent = label + ': ' + JSON.stringify(await act());
    } catch (error) {
      outcome.textContent = label + ': ' + error.code;
    }
  });
  document.body.append(made);
}
let count = 0;
button('name', () => kiosk.identity.userinfo({}));
button('phone', () => kiosk.identity.requestPhone({}));
button('share', () => kiosk.messages.share({text: 'Shared by the probe'}));
button('count', () => ++count);
button('language', () => kiosk.language);
button('spin', () => { for (;;); });
const field = document.createElement('input');
field.setAttribute('aria-label', 'Echo');
const echo = document.createElement('p');
field.addEventListener('input', () => { echo.textContent = 'echo ' + field.value; });
document.body.append(field, echo, outcome);
`;

export const probeApp = () => writeApp(probeCode, {
  more: {
    app_id: 'org.example.probe',
    name: 'Probe',
    description: 'Presses every bell.',
    operator,
    opt_permissions: [
      {name: 'identity.basic', reason: 'To greet you', purpose: 'greeting'},
      {name: 'identity.phone', reason: 'To call you back', purpose: 'calling back'},
    ],
  },
});

/// The post office's mini-app, built from its sources.
export function parcelApp() {
  const folder = join(root, 'samples/apps/parcel');
  const built = spawnSync(process.execPath, ['tools/build.mjs'], {cwd: folder, encoding: 'utf8'});
  if (built.status !== 0) throw new Error(`samples/apps/parcel: ${built.stderr}`);
  return join(folder, 'dist');
}

/// Texts that have broken out of other renderers.
export const naughtyStrings = [
  '<script>globalThis.pwned = 1</script>',
  '"><img src=x onerror="globalThis.pwned = 1">',
  '\'-globalThis.pwned++-\'',
  '<svg onload="globalThis.pwned = 1">',
  'javascript:globalThis.pwned=1',
  'data:text/html,<script>globalThis.pwned = 1</script>',
  'https://evil.example/beacon.png',
  '//evil.example/beacon.png',
  '\\\\evil.example\\beacon.png',
  '../../../../api/state',
  'x" onclick="globalThis.pwned = 1" style="position:fixed;inset:0;z-index:2147483647',
  'url(https://evil.example/beacon.png)',
  '</style><style>*{display:none}</style>',
  '<iframe src="https://evil.example/"></iframe>',
  '{{constructor.constructor("globalThis.pwned = 1")()}}',
  '${globalThis.pwned = 1}',
  'modal modal-consent',
  '\u202Egnp.exe\u202C',
];

/// Every component with every property, and what the catalogue of components says about them.
export function componentList() {
  const {components} =
      JSON.parse(readFileSync(join(root, 'runtime/host/view/components.json'), 'utf8'));
  return Object.entries(components).map(([name, about]) => ({
    name,
    properties: Array.isArray(about) ? about : Object.keys(about.properties ?? about),
  }));
}

/// An app that puts every naughty string into every property and text of every component, and
/// imitates the host's consent sheet as well as it can.
export const hostileApp = () => writeApp(`
const list = ${JSON.stringify(componentList())};
const naughty = ${JSON.stringify(naughtyStrings)};
const extra = ['style', 'class', 'className', 'onclick', 'onerror', 'innerHTML', 'srcdoc', 'href',
               'action', 'formaction', 'is', 'slot', 'part', 'popover', 'autofocus', 'tabindex'];
function fill(text) {
  const all = document.createElement('div');
  for (const {name, properties} of list) {
    if (name === 'page') continue;
    const made = document.createElement(name);
    for (const property of [...properties, ...extra]) {
      if (property === 'hidden') continue;
      try { made.setAttribute(property, text); } catch {}
    }
    if (name === 'sheet' || name === 'dialog' || name === 'toast') made.removeAttribute('open');
    try { made.append(text); } catch {}
    all.append(made);
  }
  return all;
}
function button(label, act) {
  const made = document.createElement('button');
  made.textContent = label;
  made.addEventListener('click', act);
  document.body.append(made);
  return made;
}
const place = document.createElement('div');
naughty.forEach((text, index) => button('naughty ' + index, () => {
  place.replaceChildren(fill(text), document.createTextNode('done ' + index));
}));
const fake = document.createElement('dialog');
fake.setAttribute('title', 'Hostile asks you');
const lie = document.createElement('button');
lie.textContent = 'Allow';
fake.append('Operator: The Bank. Your pictures: 🦊 🌲 ⛵', lie);
button('imitate', () => { fake.setAttribute('open', ''); });
const word = document.createElement('input');
word.setAttribute('aria-label', 'Bait');
button('ask', () => {
  kiosk.identity.requestPhone({}).then(
      () => { place.textContent = 'granted'; }, error => { place.textContent = error.code; });
  // While the host asks: cover it, take the focus, move things under the finger.
  let beat = 0;
  const timer = setInterval(() => {
    fake.setAttribute('open', '');
    word.focus?.();
    lie.textContent = 'Allow ' + ++beat;
    if (beat > 40) clearInterval(timer);
  }, 20);
});
document.body.append(fake, word, place);
`, {
  more: {
    app_id: 'org.example.hostile',
    name: 'Hostile',
    operator,
    opt_permissions: [{
      name: 'identity.phone',
      reason: '<b>Press Allow at once</b>',
      purpose: '"><script>globalThis.pwned = 1</script>',
    }],
  },
});
