// The renderer of views alone, in a blank page of chromium: what patches do, what happens to what
// the user is typing, and that 10,000 nodes hold. Method: the module is bundled as it is and driven
// with the records that the host would send.

import assert from 'node:assert/strict';
import {createRequire} from 'node:module';
import {join} from 'node:path';
import {after, before, test} from 'node:test';

import {root} from '../support/kiosk.mjs';

import {launch} from './browser.mjs';

const page = join(root, 'samples/hosts/web/page');
const {build} = createRequire(join(page, 'package.json'))('esbuild');

let browser, tab;
before(async () => {
  const bundle = await build({
    stdin: {
      contents: `export {ViewTree} from './src/view/tree';
                 export {assetUrl} from './src/view/part';`,
      resolveDir: page,
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'view',
  });
  browser = await launch();
  tab = await browser.newPage();
  await tab.addScriptTag({content: bundle.outputFiles[0].text});
});
after(() => browser?.close());

/// Runs `work` in the page with a fresh tree, `acts` that it sent, and what `more` holds.
const inPage = (work, more) => tab.evaluate(`(() => {
  const acts = [];
  const tree = new view.ViewTree({session: 's', act: (...act) => acts.push(act)});
  document.body.replaceChildren(tree.root);
  const find = id => tree.root.querySelector('[data-node="' + id + '"]');
  return (${work})({tree, acts, find, more: ${JSON.stringify(more ?? null)}});
})()`);

test('a patch inserts, changes, moves nothing else and removes', async () => {
  const seen = await inPage(({tree, find}) => {
    tree.replace({id: 0, c: 'page', k: [{id: 1, c: 'text', k: [{id: 2, x: 'one'}]}]});
    const first = find(1);
    tree.patch(
        [['+', 0, 1, {id: 3, c: 'heading', p: {level: '1'}, k: [{id: 4, x: 'two'}]}],
         ['x', 2, 'uno'], ['p', 3, 'level', '3']],
        0);
    const between = tree.root.textContent;
    const level = find(3).getAttribute('aria-level');
    tree.patch([['-', 0, 3]], 0);
    return {between, level, after: tree.root.textContent, same: find(1) === first};
  });
  assert.deepEqual(seen, {between: 'unotwo', level: '3', after: 'uno', same: true});
});

test('a patch that was applied already, or names a lost node, changes nothing', async () => {
  const seen = await inPage(({tree}) => {
    const record = ['+', 0, 0, {id: 1, c: 'text', k: [{id: 2, x: 'once'}]}];
    tree.patch([record], 0);
    tree.patch([record, ['x', 99, 'no'], ['p', 98, 'label', 'no'], ['-', 0, 97]], 0);
    return tree.root.textContent;
  });
  assert.equal(seen, 'once');
});

test('a whole view in place of the old one keeps the caret in the field', async () => {
  const seen = await inPage(({tree, find}) => {
    const whole = text => ({
      id: 0,
      c: 'page',
      k: [{id: 1, c: 'input', p: {label: 'Name'}}, {id: 2, c: 'text', k: [{id: 3, x: text}]}],
    });
    tree.replace(whole('a'));
    const control = find(1).querySelector('input');
    control.focus();
    control.value = 'half a wor';
    control.dispatchEvent(new Event('input', {bubbles: true}));
    tree.replace(whole('b'));
    return {value: control.value, focused: document.activeElement === control, same:
        find(1).querySelector('input') === control, text: tree.root.textContent.includes('b')};
  });
  assert.deepEqual(seen, {value: 'half a wor', focused: true, same: true, text: true});
});

test('an echo older than what the user typed is held until the host has seen it', async () => {
  const seen = await inPage(({tree, acts, find}) => {
    tree.replace({id: 0, c: 'page', k: [{id: 1, c: 'input', p: {label: 'Code'}}]});
    const control = find(1).querySelector('input');
    const type = text => {
      control.value = text;
      control.dispatchEvent(new Event('input', {bubbles: true}));
    };
    type('a');
    type('ab');
    tree.patch([['p', 1, 'value', 'A']], 1);
    const held = control.value;
    tree.patch([], 2);
    return {held, released: control.value, acts};
  });
  assert.equal(seen.held, 'ab');
  assert.equal(seen.released, 'A');
  assert.deepEqual(seen.acts.map(([node, event, value]) => [node, event, value]),
                   [[1, 'input', 'a'], [1, 'input', 'ab']]);
});

test('a tap goes to the nearest node that listens; a box sends one tap, a select its value',
     async () => {
       const seen = await inPage(({tree, acts, find}) => {
         tree.replace({
           id: 0,
           c: 'page',
           k: [
             {id: 1, c: 'card', e: ['click'], k: [{id: 2, c: 'text', k: [{id: 3, x: 'tap'}]}]},
             {id: 4, c: 'checkbox', p: {label: 'Yes'}},
             {id: 5, c: 'select', p: {label: 'Which', value: 'a'}, k: [
               {id: 6, c: 'option', p: {value: 'a'}}, {id: 7, c: 'option', p: {value: 'b'}},
             ]},
             {id: 8, c: 'text', k: [{id: 9, x: 'deaf'}]},
           ],
         });
         find(2).click();
         find(4).querySelector('.v-tick-label').click();
         const select = find(5).querySelector('select');
         select.value = 'b';
         select.dispatchEvent(new Event('change', {bubbles: true}));
         find(8).click();
         return acts.map(([node, event, value]) => [node, event, value ?? null]);
       });
       assert.deepEqual(seen, [[1, 'click', null], [4, 'click', null], [5, 'change', 'b']]);
     });

test('the return key submits where the app listens for it, and taps what acts as a button',
     async () => {
       const seen = await inPage(async ({tree, acts, find}) => {
         tree.replace({
           id: 0,
           c: 'page',
           k: [
             {id: 1, c: 'stack', e: ['submit'], k: [{id: 2, c: 'input', p: {label: 'Name'}}]},
             {id: 3, c: 'item', e: ['click'], k: [{id: 4, x: 'row'}]},
           ],
         });
         const press = (el, key) => el.dispatchEvent(
             new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
         press(find(3), 'Enter');
         press(find(2).querySelector('input'), 'Enter');
         await new Promise(resolve => setTimeout(resolve, 20));
         const role = find(3).getAttribute('role');
         return {acts: acts.map(([node, event]) => [node, event]), role};
       });
       assert.deepEqual(seen, {acts: [[3, 'click'], [2, 'submit']], role: 'button'});
     });

test('a file of the package has an address of this origin, whatever its name tries', async () => {
  const paths = ['a.png', 'img/b c.png', 'https://evil.example/x.png', '//evil.example/x.png',
                 '../secret.png', 'data:image/png,x.png', 'a\\..\\b.png', 'javascript:a.png',
                 '', 'x.svg', 'x?y#z.png'];
  const seen =
      await tab.evaluate(all => all.map(path => globalThis.view.assetUrl('s/1', path)), paths);
  assert.deepEqual(seen, ['/assets/s%2F1/a.png', '/assets/s%2F1/img/b%20c.png', null, null, null,
                          null, null, null, null, null, '/assets/s%2F1/x%3Fy%23z.png']);
});

test('every component of the catalogue is drawn', async () => {
  const {componentList} = await import('./apps.mjs');
  const names = componentList().map(({name}) => name).filter(name => name !== 'page');
  const seen = await inPage(({tree, find, more}) => {
    tree.replace({id: 0, c: 'page', k: more.map((c, index) => ({id: index + 1, c}))});
    // What has no recipe is an empty hidden element without a class.
    return more.filter(
        (c, index) => !['break', 'option'].includes(c) && find(index + 1).className === '');
  }, names);
  assert.deepEqual(seen, []);
});

test('a patch of a view of 10,000 nodes changes what it names and nothing else', async () => {
  const seen = await inPage(({tree}) => {
    let id = 0;
    const rows = Array.from({length: 2500}, () => ({
      id: ++id,
      c: 'item',
      k: [{id: ++id, c: 'text', k: [{id: ++id, x: 'row'}]}, {id: ++id, c: 'badge'}],
    }));
    tree.replace({id: 0, c: 'page', k: [{id: ++id, c: 'list', k: rows}]});
    for (let i = 0; i < 120; ++i) {
      const node = 3 + 4 * ((i * 37) % 2500);
      tree.patch(
          [['x', node, `changed ${i}`], ['-', 0, rows[i].id],
           ['+', id, i, {id: 20000 + i, c: 'item', k: [{id: 30000 + i, x: 'new'}]}]],
          0);
    }
    const texts = [...document.querySelectorAll('.v-item')].map(item => item.textContent);
    return {
      size: tree.size,
      items: texts.length,
      changed: texts.filter(text => text.startsWith('changed')).length,
      fresh: texts.slice(0, 120).filter(text => text === 'new').length,
    };
  });
  assert.ok(seen.size >= 9000, `${seen.size} nodes`);
  assert.equal(seen.items, 2500);
  assert.equal(seen.fresh, 120);
  assert.ok(seen.changed > 100);
});
