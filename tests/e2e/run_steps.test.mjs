// `kiosk run --steps`: a person's part, played from a file.

import assert from 'node:assert/strict';
import {test} from 'node:test';

import {kiosk, slowness, writeApp, writeSteps} from '../support/kiosk.mjs';

const form = `
  const add = (name, text, more = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(more)) element.setAttribute(key, value);
    document.body.append(element);
    return element;
  };
  const input = add('input', '', {'aria-label': 'Your name'});
  const greet = add('button', 'Greet');
  const shown = add('p', 'Nobody yet');
  let typed = '';
  input.addEventListener('input', event => typed = event.target.value);
  greet.addEventListener('click', () => shown.textContent = 'Hello, ' + typed + '!');
  add('button', 'Twin');
  add('button', 'Twin');
  setTimeout(() => add('button', 'Late').addEventListener('click',
      () => shown.textContent = 'Late was tapped'), 1000);
`;

const runSteps = (steps, more = []) =>
    kiosk(['run', writeApp(form), '--render', 'none', '--steps', writeSteps(steps), ...more]);

test('steps type, tap and look, in order', async () => {
  const result = await runSteps([
    {expect: 'Nobody yet'},
    {type: 'Ада', into: 'Your name'},
    {tap: 'Greet'},
    {expect: 'Hello, Ада!'},
  ]);
  assert.equal(result.code, 0, result.stderr);
});

test('a step waits for what is not there yet', async () => {
  const result = await runSteps([{tap: 'Late'}, {expect: 'Late was tapped'}]);
  assert.equal(result.code, 0, result.stderr);
});

test('a step that cannot be done within five seconds fails the run', async () => {
  for (const step of [{tap: 'Absent'}, {expect: 'never shown'}, {type: 'x', into: 'Absent'}]) {
    const result = await runSteps([step]);
    assert.equal(result.code, 1, JSON.stringify(step));
    assert.ok(result.ms > 4500 && result.ms < 9000 * slowness, `${result.ms} ms`);
  }
});

test('the first step that fails ends the run: later ones are not done', async () => {
  const app = writeApp(`${form}; greet.addEventListener('click', () => console.log('greeted'));`);
  const steps = writeSteps([{tap: 'Absent'}, {tap: 'Greet'}]);
  const result = await kiosk(['run', app, '--events', '--steps', steps]);
  assert.equal(result.code, 1);
  assert.ok(!result.events.some(event => event.text === 'greeted'));
});

test('a label that fits two elements fails the step', async () => {
  const result = await runSteps([{tap: 'Twin'}]);
  assert.equal(result.code, 1);
  assert.match(result.stderr, /Twin/);
});

test('a consent or a pick that the host does not ask for fails the step', async () => {
  for (const step of [{consent: 'grant'}, {pick: 'Family'}]) {
    assert.equal((await runSteps([step])).code, 1, JSON.stringify(step));
  }
});

test('a tap never reaches the host, nor a consent the app', async () => {
  const app = writeApp(
      `
    const lure = document.createElement('button');
    lure.textContent = 'Allow';
    lure.addEventListener('click', () => {
      console.log('lure tapped');
      lure.textContent = 'Tapped';
    });
    document.body.append(lure);
    kiosk.identity.userinfo({}).catch(error => console.log('refused ' + error.code));
  `,
      {more: {opt_permissions: [{name: 'identity.basic', reason: 'A test', purpose: 'test'}]}});
  const steps = writeSteps([{tap: 'Allow'}, {expect: 'Tapped'}, {consent: 'deny'}]);
  const result = await kiosk(['run', app, '--events', '--grant', 'ask', '--steps', steps]);
  assert.equal(result.code, 0, result.stderr);
  const consents = result.events.filter(event => event.event === 'consent');
  assert.deepEqual(consents.map(event => event.answer), ['refused']);
  assert.equal(result.events.filter(event => event.text === 'lure tapped').length, 1);
});

test('a file of steps that is not JSON lines is bad usage', async () => {
  for (const line of ['{"tap":', '{"jump":"x"}', '[]', '{"tap":"a","expect":"b"}']) {
    const args = ['run', writeApp(form), '--render', 'none', '--steps', writeSteps([line])];
    assert.equal((await kiosk(args)).code, 2, line);
  }
});

test('all steps done is success, whatever the app would still do', async () => {
  const started = Date.now();
  const result = await runSteps([{expect: 'Nobody yet'}], ['--timeout', '30']);
  assert.equal(result.code, 0, result.stderr);
  assert.ok(Date.now() - started < 20000);
});
