// Figures of one web host with many users, each with a page and an open mini-app: how long opening
// takes, memory and CPU of host, zygote and guests, and how long an event takes to come back as a
// change of the view while all users tap. Without a browser. Prints one JSON object.
//
//   node tests/bench/users.mjs [USERS] [SECONDS]      KIOSK_BUILD names the build folder

import {execFileSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';

import {temporaryFolder, writeApp} from '../support/kiosk.mjs';
import {nodeOf, startWebHost, textOf, visit} from '../support/web_host.mjs';

import {figures} from './figures.mjs';

const users = Number(process.argv[2] ?? 50);
const seconds = Number(process.argv[3] ?? 10);
const tapEveryMs = 1000;

const app = writeApp(`
const count = document.createElement('p');
let number = 0;
const button = document.createElement('button');
button.textContent = 'count';
button.addEventListener('click', () => { count.textContent = 'at ' + ++number; });
count.textContent = 'at 0';
document.body.append(button, count);
`, {more: {app_id: 'org.example.bench', name: 'Bench'}});

/// The demo has three users: more of them, straight into the store of a host that is stopped.
function addUsers(data, count) {
  const script = `
import sqlite3, sys
sql = sqlite3.connect(sys.argv[1])
sql.row_factory = sqlite3.Row
anna = dict(sql.execute("SELECT * FROM users WHERE id = 'anna'").fetchone())
for number in range(int(sys.argv[2])):
    row = dict(anna, id='user%d' % number, username='user%d' % number)
    names = list(row)
    marks = ','.join('?' * len(names))
    sql.execute('INSERT INTO users (%s) VALUES (%s)' % (','.join(names), marks),
                [row[name] for name in names])
sql.commit()
`;
  execFileSync('python3', ['-c', script, join(data, 'kiosk.db'), String(count)]);
}

/// The process and all that descend from it.
function familyOf(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter(entry => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It went meanwhile.
    }
  }
  const family = [pid];
  for (const one of family)
    for (const [child, parent] of parents)
      if (parent === one) family.push(child);
  return family;
}

/// User and system time so far, in milliseconds.
function cpuMsOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/// Shared pages counted in part (PSS), which takes root: a guest cannot be looked into otherwise.
function pssKiBOf(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)[1]);
}

const sum = numbers => numbers.reduce((total, number) => total + number, 0);
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

const data = temporaryFolder();
const args = ['--apps', app];
await (await startWebHost({data, args})).stop();
addUsers(data, users);
const host = await startWebHost({data, args});

async function openOne(number) {
  const person = await visit(host.base, `user${number}`);
  const began = performance.now();
  const {status, session} = await person.visitor.post(
      '/api/sessions', {app: 'org.example.bench', entryPoint: 'gallery', page: 'p1'});
  if (status !== 200) throw new Error(`user${number} could not open: ${status}`);
  const {view} = await person.events.until(
      event => (event.session?.id ?? event.session) === session.id && event.view?.k !== undefined);
  return {...person, id: session.id, view, taps: 0, openMs: performance.now() - began};
}

/// Taps once and waits for the view to say so; how long that took.
async function tap(person) {
  const wanted = `at ${++person.taps}`;
  const seen = person.events.events.length;
  const began = performance.now();
  const answer = await person.visitor.post(
      `/api/sessions/${person.id}/act`,
      {node: nodeOf(person.view, 'button', 'count').id, event: 'click'});
  if (answer.status >= 300) throw new Error(`a tap was answered ${answer.status}`);
  await person.events.until(event => event.view && textOf(event.view).includes(wanted), seen);
  return performance.now() - began;
}

const people = [];
for (let number = 0; number < users; ++number) people.push(await openOne(number));
await pause(2000);

const family = familyOf(host.child.pid);
const pss = process.getuid() === 0 ? sum(family.map(pssKiBOf)) : null;
const hostPss = process.getuid() === 0 ? pssKiBOf(host.child.pid) : null;

async function cpuShareOver(act) {
  const cpu = () => [cpuMsOf(host.child.pid), sum(family.slice(1).map(cpuMsOf))];
  const before = cpu(), began = performance.now();
  await act();
  const after = cpu(), took = performance.now() - began;
  const percent = index => Math.round(1000 * (after[index] - before[index]) / took) / 10;
  return {hostPercent: percent(0), guestsPercent: percent(1)};
}

const idle = await cpuShareOver(() => pause(seconds * 1000));
const times = [];
const busy = await cpuShareOver(() => Promise.all(people.map(async (person, index) => {
  await pause(tapEveryMs * index / people.length);
  for (let round = 0; round < seconds; ++round) {
    const took = await tap(person);
    times.push(took);
    await pause(Math.max(0, tapEveryMs - took));
  }
})));
if (people.some(person => person.taps !== seconds)) throw new Error('not every tap came back');
console.log(JSON.stringify({
  users,
  open: figures(people.map(({openMs}) => openMs)),
  memory: {allKiB: pss, hostKiB: hostPss, processes: family.length},
  cpuIdle: idle,
  cpuBusy: {...busy, tapsPerSecond: Math.round(times.length / seconds)},
  tapToView: figures(times),
}));
await Promise.all(people.map(({events}) => events.close()));
await host.stop();
