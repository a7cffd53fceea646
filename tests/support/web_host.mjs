// kiosk-web as tests start it, and a browser page's half of its HTTP without a browser.

import {spawn} from 'node:child_process';
import {request} from 'node:http';
import {join} from 'node:path';

import {buildDir, slowness, temporaryFolder} from './kiosk.mjs';

const program = join(buildDir, 'bin/kiosk-web');
const waitMsMax = 15_000 * slowness;

/// Starts kiosk-web with `args` over a data folder; resolves when it has said its address. What a
/// test that failed leaves running goes with the test's process, and does not hold it.
export function startWebHost({data = temporaryFolder(), args = [], port = 0} = {}) {
  const child = spawn(program, ['--data', data, '--port', String(port), ...args], {detached: true});
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  process.once('exit', kill);
  let said = '', errors = '';
  child.stderr.on('data', bytes => (errors += bytes));
  const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve({code, signal})));
  const started = new Promise((resolve, reject) => {
    const timer = setTimeout(
        () => reject(new Error(`kiosk-web said no address: ${said} ${errors}`)), waitMsMax);
    const settle = (settled, value) => {
      clearTimeout(timer);
      settled(value);
    };
    child.stdout.on('data', bytes => {
      said += bytes;
      const address = /^(http:\S+)\/$/m.exec(said);
      if (address !== null) settle(resolve, address[1]);
    });
    ended.then(({code}) => settle(reject, new Error(`kiosk-web ended with ${code}: ${errors}`)));
  });
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(kill, waitMsMax);
    const end = await ended;
    clearTimeout(timer);
    process.removeListener('exit', kill);
    return end;
  };
  return started.then(base => {
    for (const held of [child, child.stdout, child.stderr]) held.unref();
    return {base, data, stop, child, errors: () => errors};
  });
}

/// The status of a request whose headers are exactly `headers`: fetch does not let all be chosen.
export function rawStatus(base, path, {method = 'GET', headers = {}, body = ''} = {}) {
  const {hostname, port} = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({hostname, port, path, method, headers}, answer => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/// One user in one browser: keeps the cookie, the token of /api/state and the newest state.
export class Visitor {
  constructor(base) {
    this.base = base;
    this.cookie = '';
    this.csrf = '';
  }

  /// The raw answer to a request as a page of this origin makes it; `headers` over that.
  fetch(path, {method = 'GET', body, headers = {}} = {}) {
    return fetch(this.base + path, {
      method,
      headers: {
        ...(this.cookie && {cookie: this.cookie}),
        ...(method !== 'GET' && {origin: this.base, 'x-kiosk-csrf': this.csrf}),
        ...(body !== undefined && {'content-type': 'application/json'}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  }

  /// {status, ...body}
  async call(method, path, body) {
    const answer = await this.fetch(path, {method, body});
    const text = await answer.text();
    return {status: answer.status, ...(text === '' ? {} : JSON.parse(text))};
  }
  get(path) {
    return this.call('GET', path);
  }
  post(path, body = {}) {
    return this.call('POST', path, body);
  }

  async logIn(user) {
    const answer = await this.fetch('/api/login', {method: 'POST', body: {user}});
    if (answer.status !== 204) throw new Error(`log-in: ${answer.status}`);
    this.cookie = answer.headers.get('set-cookie').split(';')[0];
    return this.state();
  }

  async state() {
    const state = await this.get('/api/state');
    this.csrf = state.csrf;
    return state;
  }

  stream(options) {
    return EventStream.open(this, options);
  }
}

/// Logs `user` in; resolves to {visitor, state, events}, with the page's stream open.
export async function visit(base, user, page = 'p1') {
  const visitor = new Visitor(base);
  const state = await visitor.logIn(user);
  const events = await visitor.stream({page, after: state.seq});
  return {visitor, state, events};
}

/// A page's event stream, as EventSource reads it. An event that tells of a session's view, whole
/// or by a patch, gets the member `view`: all of it, as it is then.
export class EventStream {
  static async open(visitor, {page = 'p1', after, lastEventId} = {}) {
    const stream = new EventStream();
    const query = `page=${page}` + (after === undefined ? '' : `&after=${after}`);
    stream.answer = await fetch(`${visitor.base}/api/events?${query}`, {
      headers: {
        cookie: visitor.cookie,
        ...(lastEventId !== undefined && {'last-event-id': String(lastEventId)}),
      },
    });
    stream.events = [];
    stream.views = new Map();
    stream.lastId = undefined;
    stream.isOver = false;
    stream.reader = stream.answer.body?.getReader();
    stream.waiting = new Set();
    stream.reading = stream.read();
    return stream;
  }

  async read() {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const {done, value} = await this.reader.read();
        if (done) break;
        text += decoder.decode(value, {stream: true});
        const blocks = text.split('\n\n');
        text = blocks.pop();
        blocks.forEach(block => this.take(block));
        this.waiting.forEach(look => look());
      }
    } catch {
      // The server went: the test looks at isOver.
    }
    this.isOver = true;
    this.waiting.forEach(look => look());
  }

  take(block) {
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.lastId = Number(line.slice(4));
      if (!line.startsWith('data: ')) continue;
      const data = JSON.parse(line.slice(6));
      for (const event of Array.isArray(data) ? data : [data]) {
        this.draw(event);
        this.events.push(event);
      }
    }
  }

  draw(event) {
    if (event.type === 'session') this.views.set(event.session.id, event.session.view);
    if (event.type === 'patch' && this.views.has(event.session)) {
      this.views.set(event.session, patched(this.views.get(event.session), event.patch));
    }
    const id = event.session?.id ?? event.session;
    if (['session', 'patch'].includes(event.type) && this.views.has(id)) {
      event.view = structuredClone(this.views.get(id));
    }
  }

  /// The first event, of those from `from` on, for which `wanted` holds; a type's name will do.
  until(wanted, from = 0) {
    const fits = typeof wanted === 'string' ? event => event.type === wanted : wanted;
    return this.when(() => this.events.slice(from).find(fits), String(wanted));
  }

  over() {
    return this.when(() => this.isOver, 'the end of the stream');
  }

  when(find, what) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`${what} did not come: ${JSON.stringify(this.events).slice(0, 2000)}`));
      }, waitMsMax);
      const look = () => {
        const found = find();
        if (!found) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
      look();
    });
  }

  close() {
    // Not by a signal: Node.js 18 forgets which request it belongs to.
    this.reader.cancel().catch(() => {});
    return this.reading;
  }
}

/// `view` after a patch (kiosk/view.h); what it holds already changes nothing.
function patched(view, patch) {
  const all = () => nodesOf(view);
  const find = id => all().find(node => node.id === id);
  for (const [what, id, ...rest] of patch) {
    if (what === '=') {
      view = id;
      continue;
    }
    const node = find(id);
    if (node === undefined) continue;
    if (what === '+' && find(rest[1].id) === undefined) {
      (node.k ??= []).splice(rest[0], 0, structuredClone(rest[1]));
    }
    if (what === '-') node.k = (node.k ?? []).filter(child => child.id !== rest[0]);
    if (what === 'x') node.x = rest[0];
    if (what === 'p' && rest[1] === null) delete node.p?.[rest[0]];
    if (what === 'p' && rest[1] !== null) (node.p ??= {})[rest[0]] = rest[1];
    if (what === 'e') node.e = rest[0];
  }
  return view;
}

/// All nodes of a view, the outer ones first.
export function nodesOf(view) {
  return [view, ...(view.k ?? []).flatMap(nodesOf)];
}

/// What a view says, piece by piece.
export const textOf = view => nodesOf(view).map(node => node.x ?? '').join(' ');

/// The node of that component whose text is `label`.
export function nodeOf(view, component, label) {
  return nodesOf(view).find(
      node => node.c === component &&
          (label === undefined || textOf(node).trim() === label || node.p?.label === label));
}
