// The one event stream of this page. It is read with fetch rather than EventSource, because the
// page must name the last event of its state on the first connection already, and must notice a
// connection that fell silent: the server says something every 15 s.

import type {ServerEvent} from './types';

const silentMsMax = 40_000;
const retryMsMin = 300;
const retryMsMax = 5_000;

export interface StreamHandlers {
  /// Events in order. `seq` is the number of the last one.
  events(events: ServerEvent[], seq: number): void;
  /// Connected: the server answered.
  live(): void;
  /// The connection is gone; it is tried again by itself.
  lost(): void;
  /// The server does not know this user any more.
  signedOut(): void;
}

export class EventStream {
  #stopped = false;
  #abort = new AbortController();
  #retryMs = retryMsMin;
  #wake: (() => void) | null = null;
  readonly #online = () => this.#wake?.();

  constructor(
      private readonly page: string, private seq: number,
      private readonly handlers: StreamHandlers) {
    addEventListener('online', this.#online);
    void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#abort.abort();
    this.#wake?.();
    removeEventListener('online', this.#online);
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#once();
      } catch {
        // Any failure of the connection is answered in the same way: try again.
      }
      if (this.#stopped) return;
      this.handlers.lost();
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        setTimeout(resolve, this.#retryMs);
      });
      this.#retryMs = Math.min(this.#retryMs * 2, retryMsMax);
    }
  }

  async #once(): Promise<void> {
    this.#abort = new AbortController();
    let timer = setTimeout(() => this.#abort.abort(), silentMsMax);
    try {
      const response = await fetch(`/api/events?page=${encodeURIComponent(this.page)}`, {
        headers: {accept: 'text/event-stream', 'last-event-id': String(this.seq)},
        credentials: 'same-origin',
        cache: 'no-store',
        signal: this.#abort.signal,
      });
      if (response.status === 401) {
        this.stop();
        this.handlers.signedOut();
        return;
      }
      if (!response.ok || response.body === null) throw new Error(String(response.status));
      this.#retryMs = retryMsMin;
      this.handlers.live();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new SseParser();
      for (;;) {
        const {done, value} = await reader.read();
        if (done || this.#stopped) return;
        clearTimeout(timer);
        timer = setTimeout(() => this.#abort.abort(), silentMsMax);
        for (const {id, data} of parser.push(value)) this.#deliver(id, data);
      }
    } finally {
      clearTimeout(timer);
      this.#abort.abort();
    }
  }

  #deliver(id: string, data: string): void {
    if (this.#stopped) return;
    const seq = Number(id);
    if (id !== '' && Number.isFinite(seq)) this.seq = seq;
    const parsed = JSON.parse(data) as ServerEvent | ServerEvent[];
    this.handlers.events(Array.isArray(parsed) ? parsed : [parsed], this.seq);
  }
}

/// Takes server-sent events apart: "id:" and "data:" lines, an empty line ends an event, a line
/// that begins with a colon is a comment.
export class SseParser {
  #rest = '';
  #id = '';
  #data: string[] = [];

  push(text: string): {id: string; data: string}[] {
    const events = [];
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length > 0) events.push({id: this.#id, data: this.#data.join('\n')});
        this.#data = [];
      } else if (line.startsWith('id:')) {
        this.#id = line.slice(3).trim();
      } else if (line.startsWith('data:')) {
        this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
      }
    }
    return events;
  }
}
