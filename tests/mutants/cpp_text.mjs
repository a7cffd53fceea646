// The text of a C++ file as far as one reads it without a compiler: what is code, where a bracket
// closes, what is inside a function. It counts on clang-format: a binary operator has a space on
// both sides, a bracket of a template has none.

const open = '([{';
const close = ')]}';

/// `text` with comments, literals and preprocessor lines blanked, of the same length.
export function maskCpp(text) {
  const blank = found => found.replace(/[^\n]/g, ' ');
  const token = new RegExp(
      [
        String.raw`//[^\n]*`,
        String.raw`/\*[\s\S]*?\*/`,
        String.raw`R"\(([\s\S]*?)\)"`,
        String.raw`"(?:[^"\\\n]|\\.)*"`,
        String.raw`(?<![0-9a-zA-Z])'(?:[^'\\\n]|\\.)+'`,
        String.raw`^[ \t]*#(?:[^\n\\]|\\[\s\S])*`,
      ].join('|'),
      'gm');
  // A literal keeps its quotes: an argument must not look as if there were none.
  return text.replace(token, found => {
    if (!/^R?["']/.test(found)) return blank(found);
    return `"${blank(found.slice(2))}"`;
  });
}

/// The place after the bracket that closes the one at `at`; the end when none does.
export function closing(masked, at) {
  let depth = 0;
  for (let i = at; i < masked.length; ++i) {
    if (open.includes(masked[i])) ++depth;
    if (close.includes(masked[i]) && --depth === 0) return i + 1;
  }
  return masked.length;
}

/// What the brace at `at` opens: 'block' of statements, or something else.
function kindOf(masked, at, outer) {
  const before = masked.slice(0, at).replace(/\s+$/, '');
  const head = before.slice(Math.max(...[';', '{', '}'].map(c => before.lastIndexOf(c))) + 1);
  if (/\b(namespace|struct|class|enum|union)\b/.test(head)) return 'names';
  if (/(=|return|,|\(|\w)$/.test(before) &&
      !/\b(else|do|try|const|noexcept|override|mutable)$/.test(before))
    return outer === 'block' || outer === 'values' || !/\)\s*->\s*[\w:<>]+$/.test(before) ?
        'values' :
        'block';
  return 'block';
}

/// For each place of the text: the innermost brace's kind ('block', 'names', 'values', or 'file').
/// Returns a list of {start, end, kind} of all braces, outer ones first.
export function braces(masked) {
  const found = [];
  const stack = [];
  for (let i = 0; i < masked.length; ++i) {
    if (masked[i] === '{') {
      const outer = stack.at(-1)?.kind ?? 'file';
      const one = {start: i, end: masked.length, kind: kindOf(masked, i, outer)};
      found.push(one);
      stack.push(one);
    } else if (masked[i] === '}') {
      const one = stack.pop();
      if (one) one.end = i;
    }
  }
  return found;
}

/// Ranges in which nothing may be changed: what is computed while compiling, and checks for bugs.
export function fixedRanges(masked) {
  const ranges = [];
  const words = /\b(constexpr|consteval|static_assert|requires|template|KIOSK_CHECK|operator)\b/g;
  for (const {0: word, index} of masked.matchAll(words)) {
    const stop = masked.slice(index).search(/[;{]/);
    let end = stop < 0 ? masked.length : index + stop;
    if (masked[end] === '{' && word !== 'template') end = closing(masked, end);
    if (word === 'KIOSK_CHECK') end = closing(masked, masked.indexOf('(', index));
    ranges.push([index, end]);
  }
  return ranges;
}
