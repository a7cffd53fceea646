// Goal: what an app asks for of the frame around it (title, buttons, questions, pages) is there in
// the terminal, and a person's part in it can be played from a file. Method: `kiosk run --steps`.

import assert from 'node:assert/strict';
import {test} from 'node:test';

import {kiosk, writeApp, writeSteps} from '../support/kiosk.mjs';

const app = `
  const {ui} = kiosk;
  const shown = document.createElement('p');
  document.body.append(shown);
  const say = text => shown.textContent = text;
  let page = '/';
  let presses = 0;
  const touches = async () => {
    try {
      await kiosk.support.open({topic: 'x'});
      return 'touched';
    } catch (error) {
      return error.code;
    }
  };
  kiosk.on('navigated', ({detail}) => {
    page = detail.path;
    say('page ' + page + ' ' + (detail.params?.n ?? '') + ' ' + detail.direction);
  });
  kiosk.on('mainButton', async () => {
    await ui.setMainButton({busy: true});
    say('main ' + ++presses + ': ' + await touches() + ', again ' + await touches());
    await ui.setMainButton({text: 'Open', busy: false});
  });
  kiosk.on('secondaryButton', async () => {
    const {button} = await ui.alert({title: 'Orders', message: 'Delete it?', buttons: [
      {id: 'yes', label: 'Delete', tone: 'negative'}, {id: 'no', label: 'Keep'}]});
    const {item} = await ui.actionSheet({items: [{id: 'a', label: 'Apples'},
      {id: 'b', label: 'Pears'}]});
    await ui.toast({message: 'Saved', tone: 'positive'});
    say(button + ' ' + item);
    await ui.navigateTo({path: '/orders', params: {n: 7}});
  });
  await ui.setTitle({title: 'My orders'});
  await ui.setMainButton({text: 'Pay', visible: true});
  await ui.setSecondaryButton({text: 'More', visible: true});
  say('ready ' + (await ui.theme()).scheme + ' ' + (await ui.viewport()).width);
`;

const steps = [
  {expect: 'My orders'},
  {expect: 'ready light 720'},
  {tap: 'Pay'},
  {expect: 'main 1: touched, again activation_required'},
  {tap: 'Open'},
  {expect: 'main 2: touched, again activation_required'},
  {tap: 'More'},
  {pick: 'Delete'},
  {pick: 'Pears'},
  {expect: 'page /orders 7 forward'},
  {tap: 'Back'},
  {expect: 'page / back'},
];

test('title, buttons, alert, action sheet and pages are there, and answer', async () => {
  const result = await kiosk(['run', writeApp(app), '--events', '--steps', writeSteps(steps)]);
  assert.equal(result.code, 0, result.stderr);
  const frames = result.events.filter(({event}) => event === 'chrome');
  assert.deepEqual(frames.at(-1).main, {text: 'Open', visible: true, enabled: true, busy: false});
  assert.equal(frames.at(-1).back, false);
  assert.ok(frames.some(({depth, path, back}) => depth === 2 && path === '/orders' && back));
  assert.deepEqual(result.events.find(({event}) => event === 'toast'),
                   {event: 'toast', message: 'Saved', tone: 'positive'});
});

test('a person sees the title above the view and the buttons below it', async () => {
  const result = await kiosk(['run', writeApp(app), '--steps', writeSteps([{expect: 'ready'}])]);
  assert.equal(result.code, 0, result.stderr);
  assert.match(result.stdout, /-- My orders -+\nready light 720\n\[ Pay \] {2}\[ More \]\n-+\n/);
});

test('the frame speaks the language of the user', async () => {
  const result = await kiosk(['run', writeApp(`
    const p = document.createElement('p');
    document.body.append(p);
    kiosk.on('navigated', ({detail}) => p.textContent = detail.path);
    await kiosk.ui.navigateTo({path: '/two'});
  `), '--language', 'ru', '--steps', writeSteps([{expect: '/two'}, {tap: 'Назад'}])]);
  assert.equal(result.code, 0, result.stderr);
});

test('an alert that nobody answers is put away when the app gives up', async () => {
  const result = await kiosk(['run', writeApp(`
    const p = document.createElement('p');
    document.body.append(p);
    const ask = options => kiosk.ui.alert({message: 'Well?'}, options).catch(e => e.code);
    p.textContent = 'first ' + await ask({timeoutMs: 50});
    p.textContent = 'second ' + (await ask()).button;
  `), '--steps', writeSteps([{expect: 'first timeout'}, {pick: 'OK'}, {expect: 'second ok'}])]);
  assert.equal(result.code, 0, result.stderr);
});
