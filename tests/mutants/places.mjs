// Finds the places of a C++ file at which one small mistake can be planted, each switched on at run
// time by its number: mutant schemata, so that one build holds them all.

import {braces, closing, fixedRanges, maskCpp} from './cpp_text.mjs';

const on = number => `::kiosk_mutants::on(${number})`;
const bool = text => `static_cast<bool>(${text})`;
const isDeclaration = text => /^\s*(const\s+)?[A-Za-z_][\w:<>,\s]*[*&]*\s+\w+\s*=[^=]/.test(text);
const errorReturn = new RegExp(
    String
        .raw`^\s*\{?\s*return\s+(Error\b|\w+Zip\(|\w+\.error\(\)|std::nullopt|false|refuse\w*\(|` +
    String.raw`malformed\(|broken\(|invalid\w*\(|bad\w*\()`);

const mirrored = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '==': '!=',
  '!=': '=='
};

/// The place `start` of the operand that ends at `at`, and the end of the one that begins there:
/// as far as an operator of `stops` or a bracket that is not its own.
function operandStart(masked, at, stops) {
  let depth = 0;
  for (let i = at; i > 0; --i) {
    const c = masked[i - 1];
    if (')]}'.includes(c)) ++depth;
    if ('([{'.includes(c) && --depth < 0) return i;
    if (depth > 0) continue;
    if (c === ';' || c === ',') return i;
    const found = stops.find(stop => masked.slice(i - stop.length, i) === stop);
    if (found) return i;
  }
  return 0;
}

function operandEnd(masked, at, stops) {
  let depth = 0;
  for (let i = at; i < masked.length; ++i) {
    const c = masked[i];
    if ('([{'.includes(c)) ++depth;
    if (')]}'.includes(c) && --depth < 0) return i;
    if (depth > 0) continue;
    if (c === ';' || c === ',') return i;
    if (stops.some(stop => masked.startsWith(stop, i))) return i;
  }
  return masked.length;
}

const assignments =
    [' = ', ' =\n', ' += ', ' -= ', ' |= ', ' &= ', 'return ', ' : ', ' ? ', ' << ', ' ?\n'];
const weak = [...assignments, ' || ', ' ||\n', ' && ', ' &&\n'];
const equality = [' == ', ' != '];

function* conditions(text, masked) {
  for (const found of masked.matchAll(/\b(if|while) \(/g)) {
    const at = found.index + found[0].length;
    const end = closing(masked, at - 1) - 1;
    const semicolon = operandEnd(masked, at, []);
    const start = masked[semicolon] === ';' ? semicolon + 1 : at;
    const own = text.slice(start, end);
    if (isDeclaration(masked.slice(start, end)) || /\bconstexpr\s*$/.test(found[1])) continue;
    const isCheck = found[1] === 'if' && errorReturn.test(masked.slice(end + 1, end + 120));
    const lead = /^\s*/.exec(own)[0];
    const bare = own.slice(lead.length);
    if (isCheck) {
      yield {
        start,
        end,
        operator: 'skip a check',
        plain: `${lead}false`,
        switched: number => `${lead}!${on(number)} && ${bool(bare)}`,
      };
    } else {
      yield {
        start,
        end,
        operator: 'negate a condition',
        plain: `${lead}!(${bare})`,
        switched: number => `${lead}${bool(bare)} != ${on(number)}`,
      };
    }
  }
}

function* choices(text, masked) {
  for (const {index} of masked.matchAll(/\s\? /g)) {
    const start =
        operandStart(masked, index, [' = ', ' += ', 'return ', ' : ', ' ? ', ' << ', ' + ']);
    const own = text.slice(start, index).trim();
    if (own === '' || own.includes('<<')) continue;
    const at = index - own.length;
    if (text.slice(at, index) !== own) continue;
    yield {
      start: at,
      end: index,
      operator: 'negate a condition',
      plain: `!(${own})`,
      switched: number => `(${bool(own)} != ${on(number)})`,
    };
  }
}

function* returns(text, masked) {
  for (const {index} of masked.matchAll(/\breturn [^;{]*;/g)) {
    const start = index + 'return '.length;
    const end = operandEnd(masked, start, [' ? ', ' ?\n']);
    if (masked[end] !== ';') continue;
    const own = text.slice(start, end);
    // Only what is a comparison at its top is surely a bool.
    const top = masked.slice(start, end).replace(/\([^()]*(\([^()]*\)[^()]*)*\)/g, '');
    if (!/\s(==|!=|<|<=|>|>=|&&|\|\|)\s/.test(top) || top.includes('<<')) continue;
    yield {
      start,
      end,
      operator: 'negate what is returned',
      plain: `!(${own})`,
      switched: number => `(${own}) != ${on(number)}`,
    };
  }
}

function* comparisons(text, masked) {
  for (const found of masked.matchAll(/ (==|!=|<=|>=|<|>)(?=\s)/g)) {
    const isEquality = found[1] === '==' || found[1] === '!=';
    const stops = isEquality ? weak : [...weak, ...equality];
    const start = operandStart(masked, found.index, stops);
    const end = operandEnd(masked, found.index + found[0].length, stops);
    const [left, right] =
        [text.slice(start, found.index), text.slice(found.index + found[0].length, end)];
    const lead = /^\s*/.exec(left)[0];
    if (left.trim() === '' || right.trim() === '') continue;
    const other = `${left.trim()} ${mirrored[found[1]]}${right}`;
    yield {
      start: start + lead.length,
      end,
      operator: isEquality ? 'equal to unequal' : 'move a boundary',
      plain: other,
      switched: number => `(${on(number)} ? ${other} : ${left.trim()} ${found[1]}${right})`,
    };
  }
}

function* logic(text, masked) {
  for (const found of masked.matchAll(/ (&&|\|\|)(?=\s)/g)) {
    const isAnd = found[1] === '&&';
    const start =
        operandStart(masked, found.index, isAnd ? [...assignments, ' || ', ' ||\n'] : assignments);
    const end = operandEnd(
        masked, found.index + found[0].length, isAnd ? weak : [...assignments, ' || ', ' ||\n']);
    const [left, right] =
        [text.slice(start, found.index), text.slice(found.index + found[0].length, end)];
    if (left.trim() === '' || right.trim() === '') continue;
    const lead = /^\s*/.exec(left)[0];
    const other = `(${left.trim()}) ${isAnd ? '||' : '&&'} (${right.trim()})`;
    yield {
      start: start + lead.length,
      end,
      operator: 'and to or',
      plain: other,
      switched: number =>
          `(${on(number)} ? ${bool(other)} : ${bool(`${left.trim()} ${found[1]}${right}`)})`,
    };
  }
}

const notStatements = new RegExp(
    '^(return|throw|break|continue|else|case|default|using|goto|if|for|while|switch|do|delete|' +
    String.raw`KIOSK_\w+|static_cast|public|private)\b`);

function* statements(text, masked) {
  const all = braces(masked);
  for (const {index} of masked.matchAll(/(?<=[;{}]\s*\n\s*)[A-Za-z_*]/g)) {
    const inner = all.filter(({start, end}) => start < index && index < end).at(-1);
    if (inner?.kind !== 'block') continue;
    const end = operandEnd(masked, index, []);
    if (masked[end] !== ';') continue;
    const own = text.slice(index, end + 1);
    const head =
        /^[\w:.*>\-[\]()]*?(?=\(| = | \+= | -= | \|= |\+\+)/.exec(masked.slice(index, end));
    if (head === null || head[0] === '' || notStatements.test(own)) continue;
    yield {
      start: index,
      end: end + 1,
      operator: 'drop a statement',
      plain: '',
      switched: number => `if (!${on(number)}) { ${own} }`,
    };
  }
}

function* bounds(text, masked, isWholeNumber) {
  for (const found of masked.matchAll(/(?<=[\s(])(?:\w+::)*(k[A-Z]\w*)\b(?=[\s);])/g)) {
    const [name, at] = [found[0], found.index];
    const beside = masked.slice(Math.max(0, at - 4), at) +
        masked.slice(at + name.length, at + name.length + 4);
    if (!/ (<=?|>=?) /.test(beside) || !isWholeNumber(found[1])) continue;
    yield {
      start: at,
      end: at + name.length,
      operator: 'a bound off by one',
      plain: `${name} + 1`,
      switched: number => `(${name} + (${on(number)} ? 1 : 0))`,
    };
  }
}

/// All places of the file `text`: {start, end, operator, plain, switched, line}. `plain` is the
/// mutant's text for people, switched(number) the text that goes into the build.
/// isWholeNumber(name): whether the constant is of a type that takes + 1.
export function findPlaces(text, isWholeNumber) {
  const masked = maskCpp(text);
  const fixed = fixedRanges(masked);
  const all = braces(masked);
  const inFunction = at =>
      all.some(({start, end, kind}) => kind === 'block' && start < at && at < end);
  const found = [
    ...conditions(text, masked),
    ...choices(text, masked),
    ...returns(text, masked),
    ...comparisons(text, masked),
    ...logic(text, masked),
    ...statements(text, masked),
    ...bounds(text, masked, isWholeNumber),
  ];
  return found.filter(({start, end}) => !fixed.some(([from, to]) => start < to && from < end))
      .filter(({start}) => inFunction(start))
      .map(place => ({...place, line: text.slice(0, place.start).split('\n').length}))
      .sort((a, b) => a.start - b.start || a.end - b.end);
}
