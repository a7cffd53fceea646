// One line of the log. Control characters are written as escapes: a line is one event, and no app
// can forge another line, turn the reading direction or speak to a terminal.
import {
  NumberPrototypeToString,
  StringPrototypeCharCodeAt,
  StringPrototypePadStart,
  StringPrototypeSlice,
  toWellFormed,
} from './primordials.js';

export const kLineCharsMax = 4096;

/** `text` as one line of at most kLineCharsMax characters. */
export function oneLine(text) {
  let out = '';
  let from = 0;
  const cut = StringPrototypeSlice(text, 0, kLineCharsMax);
  for (let i = 0; i < cut.length; i++) {
    const code = StringPrototypeCharCodeAt(cut, i);
    if (!isControl(code)) continue;
    out += StringPrototypeSlice(cut, from, i) + escapeOf(code);
    from = i + 1;
  }
  out += StringPrototypeSlice(cut, from);
  return toWellFormed(StringPrototypeSlice(out, 0, kLineCharsMax));
}

function isControl(code) {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0x2028 ||
    code === 0x2029 ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  );
}

function escapeOf(code) {
  if (code === 10) return '\\n';
  if (code === 9) return ' ';
  return '\\u' + StringPrototypePadStart(NumberPrototypeToString(code, 16), 4, '0');
}
