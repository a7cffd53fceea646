// Mutants that change nothing a test could see. They are not planted.

const known = [];

/// Why the place changes nothing; undefined when a test should notice.
export function whyEquivalent(file, {operator, before}) {
  if (operator === 'drop a statement' && /\.(reserve|shrink_to_fit)\(/.test(before))
    return 'it saves time or memory only';
  const found = known.find(
      one => one.file === file && one.operator === operator && before.includes(one.before));
  return found?.why;
}
