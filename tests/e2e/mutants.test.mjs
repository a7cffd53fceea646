// Where mistakes are planted and where not: the places that are found in a small file, and the draw
// over the security core.

import assert from 'node:assert/strict';
import {test} from 'node:test';

import {findPlaces} from '../mutants/places.mjs';
import {drawMutants, weave} from '../mutants/sample.mjs';
import {root} from '../support/kiosk.mjs';

/// "operator: before -> after" of each place in a function of the body `lines`.
function placesIn(...lines) {
  const text = `#include "a.h"\nnamespace kiosk {\nint f(int a) {\n${lines.join('\n')}\n}\n}\n`;
  return findPlaces(text, name => name === 'kMax')
      .map(({operator, start, end, plain}) => `${operator}: ${text.slice(start, end)} -> ${plain}`);
}

test('a check is skipped, any other condition negated', () => {
  assert.deepEqual(
      placesIn('  if (!ready_) return Error{ErrorCode::Busy, "no"};'),
      ['skip a check: !ready_ -> false']);
  assert.deepEqual(
      placesIn('  if (ready_) count_++;'), ['negate a condition: ready_ -> !(ready_)']);
});

test('a comparison moves with its operands and not beyond', () => {
  assert.deepEqual(placesIn('  if (a.size() + 1 > kMax && ready_) return 1;').slice(0, 3), [
    'move a boundary: a.size() + 1 > kMax -> a.size() + 1 >= kMax',
    'negate a condition: a.size() + 1 > kMax && ready_ -> !(a.size() + 1 > kMax && ready_)',
    'and to or: a.size() + 1 > kMax && ready_ -> (a.size() + 1 > kMax) || (ready_)',
  ]);
});

test('a call or an assignment is dropped, a declaration is not', () => {
  assert.deepEqual(placesIn('  int b = 1;', '  Fd file(b);', '  total_ += b;', '  close(b);'), [
    'drop a statement: total_ += b; -> ',
    'drop a statement: close(b); -> ',
  ]);
});

test(
    'nothing is planted in what is computed while compiling, in words and in checks for bugs',
    () => {
      assert.deepEqual(
          placesIn(
              '  constexpr bool big = 1 < 2;', '  static_assert(1 < 2 && 2 < 3);',
              '  // a < b && c', '  log("a < b && c");', '  KIOSK_CHECK(a < b && c, "why");'),
          ['drop a statement: log("a < b && c"); -> ']);
    });

test('one seed draws the same mutants of every file, and no two overlap', () => {
  const {mutants, places} = drawMutants(root, 100, 7);
  assert.deepEqual(
      drawMutants(root, 100, 7).mutants.map(({before}) => before),
      mutants.map(({before}) => before));
  assert.ok(places > 1000 && mutants.length > 90, `${mutants.length} of ${places}`);
  const overlapping = mutants.filter((one, i) => {
    const next = mutants[i + 1];
    return next?.file === one.file && next.place.start < one.place.end;
  });
  assert.deepEqual(overlapping, []);
});

test('a woven file holds each mutant under its number and is otherwise the same', () => {
  const text = 'int f(int a) {\n  close(a);\n  return a;\n}\n';
  const [place] = findPlaces(text, () => false);
  assert.equal(
      weave(text, [{number: 3, place}]).split('\n').slice(1).join('\n'),
      'int f(int a) {\n  if (!::kiosk_mutants::on(3)) { close(a); }\n  return a;\n}\n');
});
