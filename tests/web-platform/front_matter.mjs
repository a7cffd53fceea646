// The front matter of a case: the YAML between /*--- and ---*/, as much of YAML as cases use.
//
//   key: plain text            a string; true, false and numbers are what they look like
//   key: [a, b]  { a: 1 }      flow lists and maps, nested, over several lines if indented
//   key: |                     the indented lines below, as they are
//   key: "quoted"  'quoted'    JSON's escapes in the first, none in the second

const opening = /^\/\*---\r?\n([\s\S]*?)\n---\*\/\r?\n?/;

/// Splits a case's text: {meta, body, line}, where `body` begins at `line` of the file.
export function splitCase(text) {
  const found = opening.exec(text);
  if (found === null) throw new Error('the file does not begin with /*--- … ---*/');
  return {
    meta: parseFrontMatter(found[1]),
    body: text.slice(found[0].length),
    line: found[0].split('\n').length,
  };
}

export function parseFrontMatter(yaml) {
  const meta = {};
  for (const [key, text, block] of entries(yaml)) {
    if (key in meta) throw new Error(`"${key}" stands twice`);
    meta[key] = block ?? parseValue(text);
  }
  return meta;
}

/// [key, the text after the colon with its continuation lines, block text if it is one].
function* entries(yaml) {
  const lines = yaml.split('\n');
  let i = 0;
  while (i < lines.length) {
    const line = lines[i++];
    if (/^\s*(#.*)?$/.test(line)) continue;
    const found = /^([A-Za-z][\w-]*):(?:\s+(.*))?$/.exec(line);
    if (found === null) throw new Error(`not "key: value": ${line}`);
    const more = [];
    while (i < lines.length && /^(\s+|$)/.test(lines[i])) more.push(lines[i++]);
    const text = (found[2] ?? '').trim();
    if (text === '|')
      yield [found[1], '', dedent(more)];
    else
      yield [found[1], [text, ...more.map(part => part.trim())].join(' ').trim()];
  }
}

function dedent(lines) {
  const width = Math.min(...lines.filter(l => l.trim() !== '').map(l => /^\s*/.exec(l)[0].length));
  return `${lines.map(line => line.slice(width)).join('\n').trimEnd()}\n`;
}

function parseValue(text) {
  if (!/^[[{"']/.test(text)) return scalar(text);
  const reader = new FlowReader(text);
  const value = reader.value();
  reader.end();
  return value;
}

function scalar(text) {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null' || text === '') return null;
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return text;
}

/// Reads flow lists, flow maps and quoted strings.
class FlowReader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  value() {
    this.#space();
    const first = this.text[this.at];
    if (first === '[') return this.#list();
    if (first === '{') return this.#map();
    return this.#word(/[^,\]}]*/y);
  }

  end() {
    this.#space();
    if (this.at < this.text.length) this.#fail('the end');
  }

  #list() {
    const items = [];
    ++this.at;
    while (!this.#closes(']')) {
      items.push(this.value());
      this.#separator(']');
    }
    return items;
  }

  #map() {
    const map = {};
    ++this.at;
    while (!this.#closes('}')) {
      this.#space();
      const key = String(this.#word(/[^:,\]}]*/y));
      this.#space();
      if (this.text[this.at++] !== ':') this.#fail('":"');
      map[key] = this.value();
      this.#separator('}');
    }
    return map;
  }

  /// A quoted string, or plain text as far as `plain` matches.
  #word(plain) {
    const quote = this.text[this.at];
    const pattern = quote === '"' ? /"(?:[^"\\]|\\.)*"/y : quote === '\'' ? /'[^']*'/y : plain;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found === null) this.#fail('a closed string');
    this.at = pattern.lastIndex;
    if (quote === '"') return JSON.parse(found[0]);
    return quote === '\'' ? found[0].slice(1, -1) : scalar(found[0].trim());
  }

  #closes(bracket) {
    this.#space();
    if (this.text[this.at] !== bracket) return false;
    ++this.at;
    return true;
  }

  #separator(bracket) {
    this.#space();
    if (this.text[this.at] === ',')
      ++this.at;
    else if (this.text[this.at] !== bracket)
      this.#fail(`"," or "${bracket}"`);
  }

  #space() {
    while (/\s/.test(this.text[this.at] ?? '')) ++this.at;
  }

  #fail(wanted) {
    throw new Error(`${wanted} is missing in the front matter at: ${this.text.slice(this.at)}`);
  }
}
