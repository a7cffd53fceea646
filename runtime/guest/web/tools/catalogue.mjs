// Modules of the bundle that are made from other sources of truth: the catalogue and the error
// list.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const kNamePattern = /^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/;

/** All bridge/<namespace>/<namespace>.api.json files, sorted by name; none is fine. */
export function catalogueFiles(bridge) {
  if (!existsSync(bridge)) return [];
  const files = [];
  for (const entry of readdirSync(bridge, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    for (const file of readdirSync(join(bridge, entry.name))) {
      if (file.endsWith('.api.json')) files.push(join(bridge, entry.name, file));
    }
  }
  return files.sort();
}

/** [{name, params}] of every method, sorted by name: `storage.local.get` with ["key"]. */
export function catalogueMethods(bridge) {
  const methods = [];
  for (const file of catalogueFiles(bridge)) {
    const api = JSON.parse(readFileSync(file, 'utf8'));
    for (const method of api.methods ?? []) {
      const name = `${api.namespace}.${method.name}`;
      if (!kNamePattern.test(name)) throw new Error(`${file}: '${name}' is no name of a method`);
      methods.push({ name, params: Object.keys(method.params?.properties ?? {}).sort() });
    }
  }
  return methods.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `export const methods`: what the facades and kiosk.supports are made from. */
export function catalogueModule(bridge) {
  return `export const methods = ${JSON.stringify(catalogueMethods(bridge))};`;
}

/** `export const errorCodes`: code → {errno, retryable}, read out of the X-macro in error.h. */
export function errorsModule(header) {
  const pattern = /X\(\w+,\s*"([^"]+)",\s*(\d+),\s*(true|false)\)/g;
  const rows = [...readFileSync(header, 'utf8').matchAll(pattern)].map(
    ([, code, errno, retryable]) =>
      `${JSON.stringify(code)}:{__proto__:null,errno:${errno},retryable:${retryable}}`,
  );
  if (rows.length === 0) throw new Error(`${header}: no error codes found`);
  return `export const errorCodes = {__proto__:null,${rows.join(',')}};`;
}
