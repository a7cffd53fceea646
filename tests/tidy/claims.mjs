// docs/claims.md against the suite and the tests: what a claim names exists, each case of the suite
// belongs to a claim, and no claim is without evidence. The tests that the security model names
// exist too.

const claimsFile = 'docs/claims.md';
const modelFile = 'docs/security/model.md';
const isCase = path => /^tests\/conformance\/cases\/.*\.js$/.test(path);
const isTest = path => /^tests\/.*(_test\.cc|\.test\.mjs)$/.test(path);

/// [{id, line, cases, tests}] of the page: the items of its lists "cases:" and "tests:".
function readClaims(text) {
  const claims = [];
  let list;
  for (const [index, line] of text.split('\n').entries()) {
    const head = /^### (CLAIM-[A-Z-]+)$/.exec(line);
    const item = /^- (cases|tests|holds|not claimed): (.*)$/.exec(line);
    if (head) claims.push({id: head[1], line: index + 1, cases: '', tests: ''});
    if (item)
      list = item[1];
    else if (!/^ {2}\S/.test(line))
      list = undefined;
    if (list === 'cases' || list === 'tests') {
      claims.at(-1)[list] += ` ${item ? item[2] : line.trim()}`;
    }
  }
  return claims.map(
      claim => ({
        ...claim,
        cases: claim.cases.split(',').map(one => one.trim()).filter(one => one !== 'none'),
        tests: [...claim.tests.matchAll(/"([^"]*)"/g)].map(([, title]) => title),
      }));
}

/// The titles of all tests, with literals that stand on several lines put together.
function titlesOf(tree) {
  const titles = new Set();
  const starts = /\b(?:TEST_CASE(?:_FIXTURE)?\((?:\s*\w+,)?|test\()\s*/g;
  const literals = /(?:(["'`])((?:\\.|(?!\1)[^\\])*)\1\s*\+?\s*)/y;
  for (const path of tree.files.filter(isTest)) {
    const text = tree.text(path) ?? '';
    for (const start of text.matchAll(starts)) {
      let title = '';
      literals.lastIndex = start.index + start[0].length;
      for (let part; (part = literals.exec(text)) !== null;) title += part[2];
      titles.add(title.replace(/\\(.)/g, '$1'));
    }
  }
  return titles;
}

/// Which of `ids` the item `name` means: one, "FAMILY-*" or "FIRST…LAST" of one family.
function meant(name, ids) {
  if (name.endsWith('-*')) return ids.filter(id => id.startsWith(name.slice(0, -1)));
  const [first, last] = name.split('…');
  if (last === undefined) return ids.filter(id => id === first);
  const familyOf = id => id.replace(/\d+$/, '');
  if (!ids.includes(first) || !ids.includes(last)) return [];
  return ids.filter(id => familyOf(id) === familyOf(first) && id >= first && id <= last);
}

/// The findings, as lines for people.
export function checkClaims(tree) {
  const ids = tree.files.filter(isCase)
                  .map(path => /^id: (\S+)$/m.exec(tree.text(path))?.[1])
                  .filter(id => id !== undefined);
  const titles = titlesOf(tree);
  const claims = readClaims(tree.text(claimsFile) ?? '');
  const found = claims.length === 0 ? [`${claimsFile}: it has no claims`] : [];
  const covered = new Set();
  const seen = new Set();
  for (const {id, line, cases, tests} of claims) {
    const say = what => found.push(`${claimsFile}:${line}: ${id} ${what}`);
    if (seen.has(id)) say('stands twice');
    seen.add(id);
    for (const name of cases) {
      const those = meant(name, ids);
      if (those.length === 0) say(`names ${name}, and the suite has no such case`);
      those.forEach(one => covered.add(one));
    }
    for (const title of tests) {
      if (!titles.has(title)) say(`names a test that does not exist: "${title}"`);
    }
    if (cases.length + tests.length === 0) say('has neither a case nor a test');
  }
  for (const id of ids.filter(one => !covered.has(one)).sort()) {
    found.push(`${id} belongs to no claim: name it, or its family, in ${claimsFile}`);
  }
  for (const [, title] of (tree.text(modelFile) ?? '').matchAll(/"(\w+: [^"]+)"/g)) {
    if (!titles.has(title)) found.push(`${modelFile} names a test that does not exist: "${title}"`);
  }
  return found;
}
