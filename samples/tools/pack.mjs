// Builds, packs and verifies the sample apps; an app whose files are as they were is left alone.
//
//   node samples/tools/pack.mjs KIOSK FOLDER     into FOLDER/<app>.ma, signed with FOLDER's key

import {spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const samples = dirname(dirname(fileURLToPath(import.meta.url)));
const apps = join(samples, 'apps');
const [kiosk, folder] = process.argv.slice(2);
const key = join(folder, 'developer.key');

/// Files below `path`, sorted; not what a build writes or npm brings.
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
      .filter(name => name !== 'node_modules' && name !== 'dist' && name !== 'orders.json')
      .sort()
      .flatMap(name => filesOf(join(path, name)));
}

/// What the package depends on: the app's files, the tools and the key.
function stampOf(name) {
  const hash = createHash('sha256');
  const paths = [...filesOf(join(apps, name)), ...filesOf(join(samples, 'tools')), `${key}.pub`];
  for (const path of paths) {
    hash.update(`${path}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'pipe']});
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', text => said += text);
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${said}`));
    });
  });
}

async function packApp(name) {
  const app = join(apps, name);
  const ma = join(folder, `${name}.ma`);
  const stampFile = join(folder, `${name}.stamp`);
  const stamp = stampOf(name);
  if (existsSync(ma) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    return `${name} is up to date`;
  }
  let packed = join(app, 'dist');
  if (existsSync(join(app, 'package.json'))) {
    await run('npm', ['run', '--silent', '--prefix', app, 'build']);
  } else {
    packed = join(folder, `${name}.folder`);
    await run(process.execPath, [join(samples, 'tools/app_folder.mjs'), app, packed]);
  }
  await run(kiosk, ['pack', packed, '-o', ma, '--key', key]);
  await run(kiosk, ['verify', ma, '--trust', `${key}.pub`]);
  writeFileSync(stampFile, stamp);
  return `${name} is packed`;
}

mkdirSync(folder, {recursive: true});
if (!existsSync(key)) await run(kiosk, ['keygen', key]);
const names = readdirSync(apps).filter(name => existsSync(join(apps, name, 'manifest.json')));
const outcomes = await Promise.allSettled(names.map(packApp));
for (const {value, reason} of outcomes) console.log(`  ${value ?? reason.message}`);
process.exit(outcomes.every(({status}) => status === 'fulfilled') ? 0 : 1);
