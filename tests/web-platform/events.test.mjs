// Goal: what the user did reaches the app as it expects from a browser.
// Method: the host's ui.event notifications against listeners that write down what they see.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundle } from '../../runtime/guest/web/tools/bundle.mjs';
import { makeRealm } from './realm.mjs';

const source = await bundle();

async function withApp(code) {
  const realm = await makeRealm(source);
  await realm.run(code);
  realm.user = (id, type, value, more = {}) => {
    realm.hooks.deliver(
      JSON.stringify({ jsonrpc: '2.0', method: 'ui.event', params: { id, type, value, ...more } }),
    );
    realm.turn();
  };
  realm.lines = () => realm.logs.map(({ text }) => text);
  return realm;
}

test('a tap is a trusted, bubbling click', async () => {
  const realm = await withApp(`const b = document.createElement('button');
    document.body.append(b);
    document.body.addEventListener('click', e => {
      console.log(e.isTrusted, e.bubbles, e.target === b, e.currentTarget === document.body);
    });`);
  realm.user('0', 'click');
  assert.deepEqual(realm.lines(), ['true true true true']);
});

test('a value is set before input and change are heard, and no record goes back', async () => {
  const realm = await withApp(`const i = document.createElement('input');
    document.body.append(i);
    const note = e => console.log(e.type, e.target.value);
    for (const type of ['input', 'change']) i.addEventListener(type, note);`);
  const before = realm.sent.length;
  realm.user('0', 'input', 'RA1');
  assert.deepEqual(realm.lines(), ['input RA1', 'change RA1']);
  assert.equal(realm.sent.length, before);
});

test('a controlled field that answers with another value sends it', async () => {
  const realm = await withApp(`const i = document.createElement('input');
    document.body.append(i);
    i.oninput = () => { i.value = i.value.toUpperCase(); };`);
  realm.user('0', 'input', 'abc');
  assert.deepEqual(realm.records().at(-1), [3, '0', 'value', 'ABC', 1]);
});

test('a checkbox is checked before its listeners run', async () => {
  const realm = await withApp(`const i = document.createElement('input');
    i.type = 'checkbox';
    document.body.append(i);
    i.onchange = () => console.log(i.checked);`);
  realm.user('0', 'change', true);
  realm.user('0', 'change', false);
  assert.deepEqual(realm.lines(), ['true', 'false']);
});

test('what is on or off hears a click before input and change, as React needs it', async () => {
  for (const make of [`'switch'`, `'checkbox'`, `'radio'`]) {
    const realm = await withApp(`const box = document.createElement(${make});
      document.body.append(box);
      for (const type of ['click', 'input', 'change']) {
        document.body.addEventListener(type, e => console.log(e.type, e.target.checked));
      }`);
    realm.user('0', 'change', true);
    assert.deepEqual(realm.lines(), ['click true', 'input true', 'change true']);
  }
});

test('of radios that belong together one is checked, and their group has its value', async () => {
  const realm = await withApp(`const group = document.createElement('radiogroup');
    const radios = ['s', 'l'].map(value => {
      const radio = document.createElement('radio');
      radio.setAttribute('value', value);
      group.append(radio);
      return radio;
    });
    document.body.append(group);
    group.addEventListener('change', e => {
      console.log(e.target.value, group.value, radios.map(r => r.checked).join());
    });`);
  realm.user('1', 'change', true, { group: '0', groupValue: 's' });
  realm.user('2', 'change', true, { group: '0', groupValue: 'l' });
  assert.deepEqual(realm.lines(), ['s s true,false', 'l l false,true']);
});

test("HTML's radios of one name let go of each other, and of no others", async () => {
  const realm = await withApp(`const radios = ['n', 'n', 'm'].map(name => {
      const radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = name;
      document.body.append(radio);
      return radio;
    });
    const note = () => console.log(radios.map(r => r.checked).join());
    document.body.addEventListener('change', note);`);
  realm.user('2', 'change', true);
  realm.user('0', 'change', true);
  realm.user('1', 'change', true);
  assert.deepEqual(realm.lines(), ['false,false,true', 'true,false,true', 'false,true,true']);
});

test('a form is sent by its button and by the return key, not by another button', async () => {
  const realm = await withApp(`const form = document.createElement('form');
    const field = document.createElement('input');
    const send = document.createElement('button');
    const other = document.createElement('button');
    other.type = 'button';
    form.append(field, send, other);
    document.body.append(form);
    form.addEventListener('submit', e => console.log('submit', e.target === form));`);
  realm.user('1', 'submit');
  realm.user('2', 'click');
  realm.user('3', 'click');
  assert.deepEqual(realm.lines(), ['submit true', 'submit true']);
});

test('a listener that prevents a click keeps its form from being sent', async () => {
  const realm = await withApp(`const form = document.createElement('form');
    const send = document.createElement('button');
    form.append(send);
    document.body.append(form);
    form.addEventListener('submit', () => console.log('submit'));
    send.addEventListener('click', e => e.preventDefault());`);
  realm.user('1', 'click');
  assert.deepEqual(realm.lines(), []);
});

test('a sheet that the user closed is closed for the app too', async () => {
  const realm = await withApp(`const sheet = document.createElement('sheet');
    sheet.setAttribute('open', '');
    document.body.append(sheet);
    sheet.addEventListener('close', () => console.log(sheet.hasAttribute('open')));`);
  realm.user('0', 'close');
  assert.deepEqual(realm.lines(), ['false']);
});

test('focus is heard at the element and, as focusin, around it', async () => {
  const realm = await withApp(`const field = document.createElement('input');
    document.body.append(field);
    field.addEventListener('focus', () => console.log('focus'));
    document.body.addEventListener('focusin', e => console.log(e.target === field));`);
  realm.user('0', 'focus');
  assert.deepEqual(realm.lines(), ['focus', 'true']);
});

test('events for nodes that are gone, of no type or of a wrong shape are nothing', async () => {
  const realm = await withApp(`const b = document.createElement('button');
    document.body.append(b); b.onclick = () => console.log('clicked'); b.remove();`);
  realm.user('0', 'click');
  realm.user('99', 'click');
  realm.user('~', '');
  for (const params of [null, [], 5, {}, { id: 5, type: 5 }]) {
    realm.hooks.deliver(JSON.stringify({ jsonrpc: '2.0', method: 'ui.event', params }));
  }
  assert.deepEqual(realm.lines(), []);
});

test('a listener that throws is logged and ends nothing', async () => {
  const realm = await withApp(`const b = document.createElement('button');
    document.body.append(b);
    b.addEventListener('click', () => { throw new Error('boom'); });
    b.addEventListener('click', () => console.log('second'));`);
  realm.user('0', 'click');
  assert.match(realm.lines()[0], /^Error: boom/);
  assert.equal(realm.lines()[1], 'second');
});

test('lifecycle events reach kiosk.on, frozen, and one that throws stops no other', async () => {
  const realm = await withApp(`kiosk.on('hidden', () => { throw new Error('first'); });
    kiosk.on('hidden', e => console.log(e.type, e.detail.why, Object.isFrozen(e.detail)));`);
  realm.hooks.deliver(
    '{"jsonrpc":"2.0","method":"lifecycle","params":{"type":"hidden","detail":{"why":"x"}}}',
  );
  assert.equal(realm.lines().at(-1), 'hidden x true');
});

test('an app is idle when nothing can run it again', async () => {
  const idle = async (code) => (await withApp(code)).hooks.idle();
  assert.equal(await idle(''), true);
  assert.equal(await idle(`document.body.append('x')`), false);
  assert.equal(await idle(`kiosk.on('shown', () => {})`), false);
  assert.equal(await idle(`addEventListener('click', () => {})`), false);
  assert.equal(await idle(`document.createElement('p').onclick = () => {}`), true);
  assert.equal(await idle(`clearTimeout(setTimeout(() => {}, 1e6))`), true);
  const waiting = await makeRealm(source);
  waiting.answer = () => undefined;
  await waiting.run(`kiosk.call('no.such', {}).catch(() => {})`);
  assert.equal(waiting.hooks.idle(), false);
});

test('a checkbox hears click, input and change; a prevented click tells the host', async () => {
  const realm = await withApp(`const i = document.createElement('input');
    i.type = 'checkbox';
    document.body.append(i);
    for (const type of ['change', 'input', 'click']) {
      i.addEventListener(type, () => console.log(type, i.checked));
    }
    globalThis.refuse = () => i.addEventListener('click', e => e.preventDefault());`);
  realm.user('0', 'change', true);
  assert.deepEqual(realm.lines(), ['click true', 'input true', 'change true']);
  realm.runScript('refuse()', 1);
  const before = realm.records().length;
  realm.user('0', 'change', false);
  assert.deepEqual(realm.lines().slice(3), ['click false']);
  assert.deepEqual(realm.records().slice(before), [[3, '0', 'checked', true, 1]]);
});

test('a radio button that the user turns on turns the others of its group off', async () => {
  const realm = await withApp(`for (const on of [true, false]) {
      const i = document.createElement('input');
      i.type = 'radio';
      i.name = 'x';
      i.checked = on;
      document.body.append(i);
    }`);
  realm.user('1', 'change', true);
  assert.deepEqual(realm.records().at(-1), [3, '0', 'checked', false, 1]);
});

test('Enter sends the form through its button, unless that is disabled', async () => {
  const realm = await withApp(`const form = document.createElement('form');
    const input = document.createElement('input');
    const button = document.createElement('button');
    form.append(input, button);
    document.body.append(form);
    button.onclick = () => console.log('clicked');
    form.onsubmit = e => {
      console.log('submit', e.isTrusted, e.submitter === button);
      button.disabled = true;
    };`);
  realm.user('1', 'submit');
  realm.user('1', 'submit');
  assert.deepEqual(realm.lines(), ['clicked', 'submit true true']);
  realm.user('0', 'submit');
  assert.deepEqual(realm.lines().at(-1), 'submit true false');
});

test('focus and blur reach their node alone, focusin and focusout everybody', async () => {
  const realm = await withApp(`const i = document.createElement('input');
    document.body.append(i);
    for (const type of ['focus', 'focusin', 'blur', 'focusout']) {
      const note = () => console.log(type, document.activeElement === i);
      document.body.addEventListener(type, note);
    }`);
  realm.user('0', 'focus');
  realm.user('0', 'blur');
  assert.deepEqual(realm.lines(), ['focusin true', 'focusout false']);
});

test('a sheet that the user closes is closed for the app before it hears of it', async () => {
  const realm = await withApp(`const sheet = document.createElement('sheet');
    sheet.open = true;
    document.body.append(sheet);
    sheet.addEventListener('close', () => console.log(sheet.open));
    document.body.addEventListener('close', () => console.log('bubbled'));`);
  realm.user('0', 'close');
  assert.deepEqual(realm.lines(), ['false']);
});

test('text in a textarea is its value; an attribute behind a property is not sent', async () => {
  const realm = await withApp(`const area = document.createElement('textarea');
    area.append('start');
    const i = document.createElement('input');
    i.value = 'now';
    i.setAttribute('value', 'start');
    document.body.append(area, i);
    setTimeout(() => {
      area.firstChild.data = 'changed';
      i.setAttribute('value', 'again');
      const tabs = document.createElement('tabs');
      tabs.value = 'a';
      document.body.append(tabs);
      tabs.setAttribute('value', 'b');
    }, 1);`);
  realm.turn();
  const [area, input, changed, tabs, second] = realm.records();
  assert.deepEqual([area[2].properties, area[2].children], [{ value: 'start' }, []]);
  assert.deepEqual([input[2].properties, input[2].attributes], [{ value: 'now' }, undefined]);
  assert.deepEqual(changed, [3, '0', 'value', 'changed', 1]);
  assert.deepEqual(tabs[2].properties, { value: 'a' });
  assert.deepEqual(second.slice(2), ['value', 'b', 2]);
});

test('tabs and radiogroups have the value of what was chosen before they hear', async () => {
  const realm = await withApp(`for (const [group, choice] of [['tabs', 'tab'],
        ['radiogroup', 'radio']]) {
      const element = document.createElement(group);
      element.append(document.createElement(choice));
      document.body.append(element);
      element.addEventListener('change', e => console.log(e.target.localName, element.value));
    }`);
  realm.user('1', 'change', true, { group: '0', groupValue: 'a' });
  realm.user('3', 'change', true, { group: '2', groupValue: 'b' });
  assert.deepEqual(realm.lines(), ['tab a', 'radio b']);
});
