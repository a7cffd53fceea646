// Goal: what the DOM sends is what remote-dom's own receiver understands, and every frame keeps the
// limits. Method: random changes to a tree, seeded; after each turn the receiver's tree must be the
// document's.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { bundle } from '../../runtime/guest/web/tools/bundle.mjs';
import { makeRealm } from './realm.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const fromSdk = createRequire(join(here, '../../sdk/js/package.json'));
const { RemoteReceiver } = await import(
  pathToFileURL(fromSdk.resolve('@remote-dom/core/receivers'))
);
const source = await bundle();
const kTurns = 300;
const kValuesMax = 500;

function randomOf(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function depthOf(value) {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function valuesOf(value) {
  if (typeof value !== 'object' || value === null) return 1;
  const keys = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, inner) => sum + valuesOf(inner), 1 + keys);
}

const present = (object) =>
  Object.fromEntries(Object.entries(object ?? {}).filter(([, value]) => value !== null));

// The receiver's tree and the document's in one plain form. The receiver keeps what was taken away
// as null.
function plainRemote(node) {
  if (node.type === 3 || node.type === 8) return { type: node.type, data: node.data };
  return {
    type: 1,
    element: node.element,
    attributes: present(node.attributes),
    properties: present(node.properties),
    listeners: Object.keys(present(node.eventListeners)).sort(),
    children: node.children.map(plainRemote),
  };
}

const kPlainLocal = `(function plain(node) {
  if (node.nodeType !== 1) return { type: node.nodeType, data: node.data };
  const attributes = {};
  for (const name of node.getAttributeNames()) {
    if (name !== 'class' && name !== 'style') attributes[name] = node.getAttribute(name);
  }
  return { type: 1, element: node.localName, attributes, properties: node.expected ?? {},
           listeners: Object.keys(node.heard ?? {}).sort(),
           children: Array.from(node.childNodes, plain) };
})`;

const kChange = `(function change(random) {
  const all = [document.body, ...document.body.querySelectorAll('*')];
  const pick = () => all[random(all.length)];
  const make = () => {
    const kind = random(6);
    if (kind === 0) return document.createTextNode('text ' + random(1000) + ' \\ud800 я');
    if (kind === 1) return document.createComment('c' + random(10));
    const element = document.createElement(['stack', 'row', 'button', 'input'][random(4)]);
    if (random(2) === 0) element.setAttribute('kind', 'k' + random(50));
    if (random(3) === 0) element.append('inner', document.createElement('text'));
    return element;
  };
  const target = pick();
  const children = target.childNodes;
  const child = children.length > 0 ? children[random(children.length)] : null;
  switch (random(12)) {
    case 0: case 1: case 2: target.insertBefore(make(), child); break;
    case 3: if (child !== null) child.remove(); break;
    case 4: {
      const moved = pick();
      if (!moved.contains(target)) target.insertBefore(moved, null);
      break;
    }
    case 5: if (child !== null) target.replaceChild(make(), child); break;
    case 6:
      if (child !== null && child.nodeType === 3) child.data = 'changed ' + random(100);
      break;
    case 7:
      if (target !== document.body) target.setAttribute('a' + random(5), String(random(9)));
      break;
    case 8:
      if (target !== document.body) target.removeAttribute('a' + random(5));
      break;
    case 9: if (target !== document.body) {
      const checked = random(2) === 0;
      if (target.checked !== checked || target.expected !== undefined) {
        target.checked = checked;
        (target.expected ??= {}).checked = checked;
      }
      break;
    }
    case 10: if (target !== document.body) {
      const type = 'e' + random(3);
      const heard = target.heard ??= {};
      if (type in heard) { target.removeEventListener(type, heard[type]); delete heard[type]; }
      else target.addEventListener(type, heard[type] = () => {});
      break;
    }
    default: {
      const fragment = document.createDocumentFragment();
      for (let i = random(5); i >= 0; i--) fragment.append(make());
      target.append(fragment);
    }
  }
  if (all.length > 200) document.body.replaceChildren();
})`;

for (const [seed, limits] of [
  [1, {}],
  [2, { messageBytes: 4096 }],
  [3, { messageDepth: 8 }],
  [4, { messageBytes: 2048, messageDepth: 6 }],
]) {
  test(
    `any change to the tree arrives in remote-dom's receiver, seed ${seed}, ` +
      JSON.stringify(limits),
    async () => {
      const realm = await makeRealm(source, { limits: { ...limits, messageValues: kValuesMax } });
      const random = randomOf(seed);
      const change = vm.runInContext(kChange, realm.context);
      const plain = vm.runInContext(kPlainLocal, realm.context);
      const body = vm.runInContext('document.body', realm.context);
      const receiver = new RemoteReceiver();
      for (let turn = 0; turn < kTurns; turn++) {
        // A batch that is full leaves in the middle of a turn.
        realm.sent.length = 0;
        realm.seen = 0;
        for (let i = random(6); i >= 0; i--) change(random);
        realm.turn();
        for (const frame of realm.sent) {
          assert.ok(Buffer.byteLength(JSON.stringify(frame)) <= (limits.messageBytes ?? 1 << 20));
          assert.ok(depthOf(frame) <= (limits.messageDepth ?? 32), `depth ${depthOf(frame)}`);
          assert.ok(valuesOf(frame) <= kValuesMax, `${valuesOf(frame)} values`);
        }
        receiver.connection.mutate(realm.records());
        const remote = receiver.root.children.map(plainRemote);
        const local = JSON.parse(
          JSON.stringify(Array.from(body.childNodes, plain)).replaceAll('\\ud800', '\ufffd'),
        );
        assert.deepEqual(remote, local, `after turn ${turn}`);
      }
    },
  );
}

test('a node keeps its id for life, and ids are never given twice', async () => {
  const realm = await makeRealm(source);
  await realm.run(`const a = document.createElement('a'); document.body.append(a); a.remove();
    const b = document.createElement('b'); document.body.append(b, a);`);
  const inserts = realm
    .records()
    .filter(([kind]) => kind === 0)
    .map(([, , node]) => node);
  assert.deepEqual(
    inserts.map(({ id, element }) => id + element),
    ['0a', '1b', '0a'],
  );
});

test('listeners of body, html, document and window are one listener of the root', async () => {
  const realm = await makeRealm(source);
  await realm.run(`const f = () => {};
    for (const target of [document.body, document.documentElement, document, window]) {
      target.addEventListener('click', f);
    }
    document.body.removeEventListener('click', f);
    window.removeEventListener('click', f);
    document.removeEventListener('click', f);
    document.documentElement.removeEventListener('click', f);`);
  assert.deepEqual(realm.records(), [
    [3, '~', 'click', true, 3],
    [3, '~', 'click', null, 3],
  ]);
});

test('class and style stay in the guest', async () => {
  const realm = await makeRealm(source);
  await realm.run(`const p = document.createElement('p'); p.className = 'a'; p.style.color = 'red';
    document.body.append(p); p.classList.add('b'); p.setAttribute('style', 'x');`);
  assert.deepEqual(realm.records(), [
    [0, '~', { id: '0', type: 1, element: 'p', children: [] }, 0],
  ]);
});

test('an enormous text is cut rather than ending the session', async () => {
  const realm = await makeRealm(source, { limits: { messageBytes: 4096 } });
  await realm.run(`document.body.append('я'.repeat(1e6));`);
  assert.equal(realm.records().length, 1);
  assert.ok(realm.sentBytes <= 4096);
});
