// The embedding guide is compiled: each piece of C++ in it stands in the sample host.

import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';

import {root} from '../support/kiosk.mjs';

const squeezed = text => text.replace(/\s+/g, ' ').trim();
const read = path => readFileSync(join(root, path), 'utf8');

test('every piece of C++ in docs/embedding.md stands in samples/hosts/three-apps', () => {
  const host = ['main.cc', 'person.cc', 'providers.h']
                   .map(file => squeezed(read(`samples/hosts/three-apps/${file}`)))
                   .join(' ');
  const pieces = [...read('docs/embedding.md').matchAll(/```cpp\n(.*?)```/gs)].flatMap(
      ([, piece]) => piece.split('\n\n'));
  assert.ok(pieces.length >= 10);
  for (const piece of pieces) assert.ok(host.includes(squeezed(piece)), piece);
});
