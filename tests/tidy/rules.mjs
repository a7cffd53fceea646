// House rules that a program can check. Each rule looks at the files of the tree and returns its
// findings as lines for people; none means it holds.

import {spawnSync} from 'node:child_process';
import {accessSync, constants, existsSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

import {guardMatrixFlaws} from '../mutants/guard_matrix.mjs';

import {checkClaims} from './claims.mjs';
import {repeatedNames} from './file_local_names.mjs';

const fileLinesMax = 700;
const lineColumnsMax = 100;
const nodeFloor = [18, 20, 0];

const isCode = path => /\.(cc|h|c|js|mjs|ts|tsx)$/.test(path) && !isMade(path);
const isScript = path => /\.sh$/.test(path) || /^(tests|samples|\.ci)\/run$/.test(path);
const isMade = path => /(^|\/)generated\/|\.d\.ts$/.test(path);
const isCpp = path => /\.(cc|h)$/.test(path) && !isMade(path);

/// The files of the tree: what git tracks and what it would add.
export function listFiles(root) {
  const listed = spawnSync(
      'git', ['ls-files', '-co', '--exclude-standard', '-z'], {cwd: root, encoding: 'utf8'});
  if (listed.status !== 0) throw new Error(`git could not list the files: ${listed.stderr}`);
  return listed.stdout.split('\0').filter(path => path !== '' && existsSync(join(root, path)));
}

/// Reads each file once; binary files have no text.
export class Tree {
  #texts = new Map();

  constructor(root) {
    this.root = root;
    this.files = listFiles(root);
  }

  text(path) {
    if (!this.#texts.has(path)) {
      const bytes = readFileSync(join(this.root, path));
      this.#texts.set(path, bytes.includes(0) ? null : bytes.toString('utf8'));
    }
    return this.#texts.get(path);
  }

  /// [path, line number, line] of every line of the files that `wanted` accepts.
  * lines(wanted) {
    for (const path of this.files.filter(wanted)) {
      const lines = (this.text(path) ?? '').split('\n');
      for (let i = 0; i < lines.length; ++i) yield [path, i + 1, lines[i]];
    }
  }
}

function matching(tree, wanted, pattern) {
  const found = [];
  for (const [path, number, line] of tree.lines(wanted)) {
    if (pattern.test(line)) found.push(`${path}:${number}: ${line.trim().slice(0, 90)}`);
  }
  return found;
}

/// Whether Node.js `nodeFloor` is in `range`, a range of package.json's "engines".
function floorSatisfies(range) {
  const below = (a, b) => (a[0] - b[0] || a[1] - b[1] || a[2] - b[2]) < 0;
  return range.split('||').some(part => {
    const comparators =
        part.trim().replace(/([<>=^~]+)\s+/g, '$1').split(/\s+/).filter(text => text !== '');
    return comparators.every(text => {
      const [, operator, version] = /^([<>=^~]*)v?(.*)$/.exec(text);
      if (version === '*' || version === '') return true;
      const asked = version.split('.').map(piece => parseInt(piece, 10) || 0);
      while (asked.length < 3) asked.push(0);
      if (operator === '>=' || operator === '>') return !below(nodeFloor, asked);
      if (operator === '<') return below(nodeFloor, asked);
      if (operator === '<=') return !below(asked, nodeFloor);
      return nodeFloor[0] === asked[0] && !below(nodeFloor, asked);
    });
  });
}

function* lockedPackages(tree) {
  for (const path of tree.files.filter(file => file.endsWith('package-lock.json'))) {
    for (const [name, entry] of Object.entries(JSON.parse(tree.text(path)).packages ?? {})) {
      yield [path, name, entry];
    }
  }
}

/// Links of a page that lead nowhere. Code in the page is not read: `[](int)` is no link.
function deadLinks(tree, path) {
  const prose = tree.text(path).replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)]
      .filter(([, target]) => !existsSync(join(tree.root, dirname(path), target)))
      .map(([, target]) => `${path}: ${target}`);
}

export const rules = [
  {
    claim: `no source file is longer than ${fileLinesMax} lines`,
    check: tree => tree.files.filter(path => isCode(path) || isScript(path))
                       .map(path => [path, (tree.text(path) ?? '').split('\n').length - 1])
                       .filter(([, lines]) => lines > fileLinesMax)
                       .map(([path, lines]) => `${path}: ${lines} lines`),
  },
  {
    claim: `no line of code is wider than ${lineColumnsMax} columns`,
    check: tree => [...tree.lines(path => isCode(path) || isScript(path))]
                       .filter(([, , line]) => [...line].length > lineColumnsMax)
                       .map(([path, number,
                              line]) => `${path}:${number}: ${[...line].length} columns`),
  },
  {
    claim: 'V8 is included under runtime/guest alone',
    check: tree => matching(
        tree, path => isCpp(path) && !path.startsWith('runtime/guest/'),
        /^\s*#\s*include\s*[<"](v8[.-]|libplatform\/)/),
  },
  {
    claim: 'a file-local name stands for one thing in a folder, whose files are compiled together',
    check: tree => repeatedNames(
        tree.files.filter(path => path.endsWith('.cc') && !path.startsWith('runtime/jail/'))
            .map(path => [path, tree.text(path)])),
  },
  {
    claim: 'std::regex is used nowhere: hostile input crashes it',
    check: tree => matching(tree, isCpp, /^(?!\s*\/\/).*(\bstd::w?regex\b|#\s*include\s*<regex>)/),
  },
  {
    claim: 'every guard that is listed stands somewhere, once',
    check: tree => {
      const list = 'runtime/base/guard.h';
      const names = [...(tree.text(list) ?? '').matchAll(/^ {4}\{"([a-z]+\.\w+)"/gm)];
      const uses = new Map();
      for (const path of tree.files.filter(file => isCpp(file) && file !== list)) {
        const found = (tree.text(path) ?? '').matchAll(/KIOSK_GUARD(?:ED)?\(\s*"([^"]+)"/g);
        for (const [, name] of found)
          uses.set(name, [...(uses.get(name) ?? []), path]);
      }
      return names.map(([, name]) => [name, uses.get(name) ?? []])
          .filter(([, places]) => places.length !== 1)
          .map(([name, places]) => `${name}: ${places.join(', ') || 'nowhere'}`);
    },
  },
  {
    claim: 'each guard has a case or a reason why it has none, and the page says which',
    check: tree => guardMatrixFlaws(tree.root),
  },
  {
    claim: 'each claim has evidence that is there, and each case of the suite a claim',
    check: checkClaims,
  },
  {
    claim: 'no file holds a mark of unfinished work',
    check: tree => matching(
        tree, path => path !== 'tests/tidy/rules.mjs' && !path.endsWith('.json'),
        /\b(TODO|FIXME|XXX|HACK)\b/),
  },
  {
    claim: 'no file names the folder that this tree lies in',
    check: tree => {
      const above = dirname(tree.root);
      const folder = above.length > 1 && !/^\/(home|root|tmp|builds)(\/[^/]*)?$/.test(above) ?
          above :
          tree.root;
      return [...tree.lines(() => true)]
          .filter(([, , line]) => line.includes(`${folder}/`))
          .map(([path, number]) => `${path}:${number}`);
    },
  },
  {
    claim: 'no binary file is committed',
    check: tree => tree.files.filter(path => tree.text(path) === null),
  },
  {
    claim: 'every main folder and every sample app has a README',
    check: tree => {
      const apps = new Set(
          tree.files.map(path => /^samples\/(apps|hosts)\/[^/]+/.exec(path)?.[0]).filter(Boolean));
      return ['.', 'runtime', 'bridge', 'sdk', 'samples', 'tests', 'docs', ...apps]
          .map(folder => join(folder, 'README.md'))
          .filter(path => !existsSync(join(tree.root, path)));
    },
  },
  {
    claim: 'a link in a page leads to a file that is there',
    check: tree =>
        tree.files.filter(path => path.endsWith('.md')).flatMap(path => deadLinks(tree, path)),
  },
  {
    claim: 'no lock file names a registry host',
    check: tree => [...lockedPackages(tree)]
                       .filter(([, , entry]) => 'resolved' in entry && !entry.link)
                       .map(([path, name, entry]) => `${path}: ${name}: ${entry.resolved}`),
  },
  {
    claim: `every locked npm package runs on Node.js ${nodeFloor[0]}`,
    check:
        tree => [...lockedPackages(tree)]
                    .filter(
                        ([, , entry]) => entry.engines?.node && !entry.optional &&
                            !floorSatisfies(entry.engines.node))
                    .map(([path, name, entry]) => `${path}: ${name} wants ${entry.engines.node}`),
  },
  {
    claim: 'a file that begins with #! may be executed',
    check: tree =>
        tree.files.filter(path => (tree.text(path) ?? '').startsWith('#!')).filter(path => {
          try {
            accessSync(join(tree.root, path), constants.X_OK);
            return false;
          } catch {
            return true;
          }
        }),
  },
  {
    claim: 'C++ is formatted as .clang-format says',
    needs: 'clang-format',
    check: tree => {
      const files = tree.files.filter(isCpp);
      const result = spawnSync(
          'clang-format', ['--dry-run', '-Werror', '--ferror-limit=1', ...files],
          {cwd: tree.root, encoding: 'utf8', maxBuffer: 64 << 20});
      return result.status === 0 ?
          [] :
          [...new Set(
              [...result.stderr.matchAll(/^([^\s:]+):\d+:\d+: error/gm)].map(([, path]) => path))];
    },
  },
];
