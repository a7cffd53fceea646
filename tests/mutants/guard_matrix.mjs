// The matrix of guards and conformance cases: which case says that it exists for which guard.
//
//   node tests/mutants/guard_matrix.mjs        writes docs/reference/guards.md

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import {splitCase} from '../web-platform/front_matter.mjs';

import {whyNoCase} from './guards_without_case.mjs';

const suite = 'tests/conformance/cases';
/// The page, below the root of the tree.
export const guardPage = 'docs/reference/guards.md';

function listCases(root) {
  return readdirSync(join(root, suite)).flatMap(family => {
    const files = readdirSync(join(root, suite, family)).filter(name => name.endsWith('.js'));
    return files.map(name => {
      const file = `${family}/${name}`;
      const {meta} = splitCase(readFileSync(join(root, suite, file), 'utf8'));
      return {id: meta.id, file, title: meta.title, guards: meta.guards ?? []};
    });
  });
}

/// Every guard of runtime/base/guard.h in its order: {name, keepsOut, program, cases, why}. `cases`
/// are {id, file, title}, sorted by id; `why` is said when there are none.
export function guardMatrix(root) {
  const list = readFileSync(join(root, 'runtime/base/guard.h'), 'utf8');
  const cases = listCases(root);
  const entries = list.matchAll(/^ {4}\{"([a-z]+\.\w+)",\s+"([^"]+)",\s+"([\w-]+)"\},$/gm);
  return [...entries].map(([, name, keepsOut, program]) => {
    const own = cases.filter(({guards}) => guards.includes(name))
                    .map(({id, file, title}) => ({id, file, title}))
                    .sort((a, b) => (a.id < b.id ? -1 : 1));
    return {name, keepsOut, program, cases: own, why: whyNoCase(name)};
  });
}

const row = ({name, keepsOut, program, cases, why}) => {
  const ids = cases.map(({id, file}) => `[${id}](../../${suite}/${file})`).join(', ');
  return `| \`${name}\` | ${keepsOut} | ${program} | ${ids || why} |`;
};

/// The text of the page.
export function guardPageText(root) {
  const matrix = guardMatrix(root);
  const tried = matrix.filter(({cases}) => cases.length > 0);
  const ids = new Set(tried.flatMap(({cases}) => cases.map(({id}) => id)));
  return `# Guards and the tests that notice

Made by \`node tests/mutants/guard_matrix.mjs\`; [the page on guards](../security/guards.md) says
what a guard is and how this table is tried.

${matrix.length} guards. Each is noticed by the test program beside it when it is switched off. For
${tried.length} of them a mini-app can come to the guard by itself, and the ${ids.size} cases named
here fail without it; for the others the last column says why no case comes there.

| guard | keeps out | program | cases, or why there is none |
|---|---|---|---|
${matrix.map(row).join('\n')}
`;
}

/// What is wrong with the matrix, as lines for people.
export function guardMatrixFlaws(root) {
  const flaws = guardMatrix(root).flatMap(({name, cases, why}) => {
    if (cases.length > 0 && why) return [`${name}: a case names it, and a reason why none does`];
    return cases.length > 0 || why ? [] : [`${name}: no case names it, and no reason is given`];
  });
  if (readFileSync(join(root, guardPage), 'utf8') !== guardPageText(root))
    flaws.push(`${guardPage} is old; run: node tests/mutants/guard_matrix.mjs`);
  return flaws;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
  writeFileSync(join(root, guardPage), guardPageText(root));
}
