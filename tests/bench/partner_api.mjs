// Requests a second of the partner API: `kiosk serve-api` as a process over a store of its own,
// orders registered under fresh keys and read again, one and sixteen in flight. What is sent is
// signed before the clock starts and goes over plain sockets, so that the client costs little.
// Each answer's status counts, and at the end every order must be there. One line of JSON each:
// the median of the rounds, and of all requests p50 and p99.
//
//   node tests/bench/partner_api.mjs [REQUESTS] [ROUNDS]      KIOSK_BUILD names the build folder

import {execFileSync} from 'node:child_process';
import {connect} from 'node:net';
import {join} from 'node:path';

import {kiosk, temporaryFolder, writeApp, writeSteps} from '../support/kiosk.mjs';
import * as merchant from '../support/partner.mjs';

import {figures, ranked} from './figures.mjs';

const {clientOfTheGuide, demoPartner, orderToken, startTool, waitMsMax} = merchant;

const requests = Number(process.argv[2] ?? 400);
const rounds = Number(process.argv[3] ?? 5);
const inFlight = [1, 16];
/// The rate lets 100 requests of a merchant through at once: one to register each order, one to
/// read it, one for the list of them.
const ordersPerMerchant = 40;
const merchants = Math.ceil(requests * rounds * inFlight.length / ordersPerMerchant);

const data = join(temporaryFolder(), 'data');

/// A store as a host makes it, and merchants with the demo merchant's key.
async function makeStore() {
  const app = writeApp('document.body.textContent = "here";');
  const made = await kiosk(['run', app, '--steps', writeSteps([{expect: 'here'}]), '--data', data]);
  if (made.code !== 0) throw new Error(`no store: ${made.stderr}`);
  const script = `
import sqlite3, sys
sql = sqlite3.connect(sys.argv[1])
key = "SELECT ?, kid, public_key, 0 FROM merchant_keys WHERE merchant_id = 'post'"
for number in range(int(sys.argv[2])):
    name = 'bench%d' % number
    sql.execute('INSERT INTO merchants (id, name) VALUES (?, ?)', (name, name))
    sql.execute('INSERT INTO merchant_keys (merchant_id, kid, public_key, revoked) ' + key, (name,))
sql.commit()
`;
  execFileSync('python3', ['-c', script, join(data, 'kiosk.db'), String(merchants)]);
}

await makeStore();
const guide = await clientOfTheGuide();
const api = await startTool(
    ['serve-api', '--data', data, '--port', '0'], /^partner API on (http:\S+)$/m);
const post = demoPartner(guide, api.said[1]);
const partners = Array.from(
    {length: merchants}, (_, number) => ({...post, merchantId: `bench${number}`}));

/// The bytes of a signed request.
function bytesOf(partner, method, path, body) {
  const {url, headers, body: text = ''} = guide.signed(partner, method, path, {body});
  const lines = Object.entries({...headers, 'content-length': Buffer.byteLength(text)});
  return Buffer.from(`${method} ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n` +
      `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`);
}

const {hostname, port} = new URL(post.base);

/// Sends and reads until the server closes: the answer's text.
const exchange = bytes => new Promise((resolve, reject) => {
  const parts = [];
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  socket.on('data', part => parts.push(part));
  socket.setTimeout(waitMsMax, () => socket.destroy(new Error('the server says nothing')));
  socket.on('error', reject);
  socket.on('end', () => resolve(Buffer.concat(parts).toString()));
});

/// Sends all of `prepared`, `width` of them at a time, and holds each answer against `status`.
async function sendAll(prepared, width, status) {
  const times = [];
  let next = 0;
  const lane = async () => {
    while (next < prepared.length) {
      const bytes = prepared[next++];
      const began = performance.now();
      const answer = await exchange(bytes);
      times.push(performance.now() - began);
      if (!answer.startsWith(`HTTP/1.1 ${status} `)) {
        throw new Error(`not ${status}: ${answer.slice(0, 1000)}`);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({length: width}, lane));
  return {times, perSecond: 1000 * prepared.length / (performance.now() - began)};
}

const orders = [];
function newOrders() {
  return Array.from({length: requests}, () => {
    const partner = partners[Math.floor(orders.length / ordersPerMerchant)];
    const order = {partner, orderId: `ORDER-${orders.length}`};
    orders.push(order);
    return order;
  });
}

const register = ({partner, orderId}) => bytesOf(
    partner, 'POST', '/v1/orders', {orderToken: orderToken(guide, partner, orderId)});
const read = ({partner, orderId}) => bytesOf(partner, 'GET', `/v1/orders/${orderId}`);

const measured = new Map();
for (let round = 0; round < rounds; ++round) {
  for (const width of inFlight) {
    const made = newOrders();
    for (const [what, prepare, status] of [
           ['POST /v1/orders', register, 201], ['GET /v1/orders/{orderId}', read, 200]]) {
      const one = await sendAll(made.map(prepare), width, status);
      const key = JSON.stringify({request: what, inFlight: width});
      measured.set(key, [...measured.get(key) ?? [], one]);
    }
  }
}

/// Whether every order that was registered is there, and no other.
async function checkOrders() {
  for (const partner of partners) {
    const answer = await exchange(bytesOf(partner, 'GET', '/v1/orders?limit=100'));
    const {items} = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
    const wanted = orders.filter(order => order.partner === partner).map(one => one.orderId);
    const there = items.map(({orderId}) => orderId);
    if (wanted.sort().join() !== there.sort().join()) {
      throw new Error(`${partner.merchantId} has ${there}, not ${wanted}`);
    }
  }
}

await checkOrders();
for (const [key, all] of measured) {
  console.log(JSON.stringify({
    ...JSON.parse(key),
    perSecond: Math.round(ranked(all.map(({perSecond}) => perSecond), 0.5)),
    ...figures(all.flatMap(({times}) => times)),
  }));
}
console.log(JSON.stringify({orders: orders.length, rounds, allThere: true}));
api.child.kill('SIGTERM');
const {code} = await api.ended;
if (code !== 0) throw new Error(`serve-api ended with ${code}`);
