// What a .cc file keeps to itself: functions, types and constants in its unnamed namespaces. Files
// of one folder are compiled together, so such a name stands for one thing in a folder.

const definition = [
  /^(?:struct|class|enum class|union) (\w+)[^;]*[{:]?$/,
  /^using (\w+) =/,
  /^(?:inline )?(?:constexpr|const) [^=({]*?\b(k[A-Z]\w*)\b/,
  /^(?!using|return|static_assert|TEST_CASE|namespace|template)[\w:<>,&*\s[\]]*?(?<!::)\b(\w+)\(/,
];

/// The names that `text` defines in unnamed namespaces, at the outermost level.
export function fileLocalNames(text) {
  const names = new Set();
  let within = false;
  for (const line of text.split('\n')) {
    if (/^namespace \{/.test(line)) {
      within = true;
    } else if (/^\}\s*\/\/ namespace$/.test(line)) {
      within = false;
    } else if (within && /^\w/.test(line)) {
      const match = definition.map(pattern => pattern.exec(line)).find(found => found);
      if (match) names.add(match[1]);
    }
  }
  return names;
}

/// A line for each name that two of `files`, [path, text], of one folder define.
export function repeatedNames(files) {
  const found = [];
  const first = new Map();
  for (const [path, text] of files) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    for (const name of fileLocalNames(text)) {
      const key = `${folder} ${name}`;
      if (first.has(key))
        found.push(`${path}: ${name} stands in ${first.get(key)} too`);
      else
        first.set(key, path);
    }
  }
  return found;
}
