// The selectors that querySelector, matches and closest understand: tag, #id, .class, [name],
// [name=value], joined with descendant (space), child (>) and list (,).
import { DOMException } from '../dom_exception.js';
import { hasWord } from './class_list.js';
import { elementState } from './element.js';
import { kElement, nextInTree, tree } from './node.js';
import {
  newList,
  RegExpPrototypeExec,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
} from '../primordials.js';

const kSelectorCharsMax = 1000;
const pieceAt =
  /^(?:(\*|[\w-]+)|#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:=(?:"([^"]*)"|'([^']*)'|([\w-]+)))?\])/;
const combinatorAt = /^(?:\s*([>,])\s*|\s+)/;

function malformed(text) {
  return new DOMException(
    "'" +
      StringPrototypeSlice(text, 0, 80) +
      "' is not a selector that is " +
      'understood here: tag, #id, .class, [name=value], space, > and comma',
    'SyntaxError',
  );
}

function readPiece(match) {
  const piece = {
    __proto__: null,
    tag: undefined,
    name: undefined,
    value: undefined,
    word: undefined,
  };
  if (match[1] !== undefined) piece.tag = StringPrototypeToLowerCase(match[1]);
  if (match[2] !== undefined) {
    piece.name = 'id';
    piece.value = match[2];
  }
  if (match[3] !== undefined) piece.word = match[3];
  if (match[4] !== undefined) {
    piece.name = StringPrototypeToLowerCase(match[4]);
    piece.value = match[5] ?? match[6] ?? match[7];
  }
  return piece;
}

// A list of alternatives; each a list of {child, pieces}, the rightmost compound last.
function parse(text) {
  if (text.length > kSelectorCharsMax) throw malformed(text);
  let rest = text;
  const trimmed = RegExpPrototypeExec(/^\s*([^]*?)\s*$/, rest);
  rest = trimmed[1];
  const alternatives = newList();
  let steps = newList();
  let compound = { __proto__: null, child: false, pieces: newList() };
  while (rest !== '') {
    const piece = RegExpPrototypeExec(pieceAt, rest);
    if (piece !== null) {
      if (piece[1] !== undefined && compound.pieces.length > 0) throw malformed(text);
      compound.pieces[compound.pieces.length] = readPiece(piece);
      rest = StringPrototypeSlice(rest, piece[0].length);
      continue;
    }
    const combinator = RegExpPrototypeExec(combinatorAt, rest);
    if (combinator === null || compound.pieces.length === 0) throw malformed(text);
    rest = StringPrototypeSlice(rest, combinator[0].length);
    steps[steps.length] = compound;
    if (combinator[1] === ',') {
      alternatives[alternatives.length] = steps;
      steps = newList();
    }
    compound = { __proto__: null, child: combinator[1] === '>', pieces: newList() };
  }
  if (compound.pieces.length === 0) throw malformed(text);
  steps[steps.length] = compound;
  alternatives[alternatives.length] = steps;
  return alternatives;
}

function matchesCompound(element, pieces) {
  for (let i = 0; i < pieces.length; i++) {
    const { tag, name, value, word } = pieces[i];
    if (tag !== undefined && tag !== '*' && elementState.name(element) !== tag) return false;
    const attributes = elementState.attributes(element);
    if (word !== undefined && !hasWord(attributes.get('class') ?? '', word)) return false;
    if (name === undefined) continue;
    const attribute = attributes.get(name);
    if (attribute === undefined || (value !== undefined && attribute !== value)) return false;
  }
  return true;
}

function parentElement(node) {
  const parent = tree.parent(node);
  return parent !== null && tree.kind(parent) === kElement ? parent : null;
}

function matchesSteps(element, steps, last) {
  if (!matchesCompound(element, steps[last].pieces)) return false;
  if (last === 0) return true;
  for (let up = parentElement(element); up !== null; up = parentElement(up)) {
    if (matchesSteps(up, steps, last - 1)) return true;
    if (steps[last].child) return false;
  }
  return false;
}

function matchesAny(element, alternatives) {
  for (let i = 0; i < alternatives.length; i++) {
    if (matchesSteps(element, alternatives[i], alternatives[i].length - 1)) return true;
  }
  return false;
}

export function matches(element, selector) {
  return matchesAny(element, parse(selector));
}

export function selectFirst(root, selector) {
  const alternatives = parse(selector);
  for (let n = nextInTree(root, root); n !== null; n = nextInTree(n, root)) {
    if (tree.kind(n) === kElement && matchesAny(n, alternatives)) return n;
  }
  return null;
}

export function selectAll(root, selector) {
  const alternatives = parse(selector);
  const found = newList();
  for (let n = nextInTree(root, root); n !== null; n = nextInTree(n, root)) {
    if (tree.kind(n) === kElement && matchesAny(n, alternatives)) found[found.length] = n;
  }
  return found;
}
