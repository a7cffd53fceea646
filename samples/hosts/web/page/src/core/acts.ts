// What the user does in a mini-app, on its way to the host: in order, one request in flight for
// each session. Typing that has not left yet is replaced by later typing in the same field.

import {ApiError, post} from './api';

const waitingMax = 256;
const retryMs = 700;
const retriesMax = 20;

interface Act {
  node: number;
  event: string;
  value?: string;
  n: number;
}

let counter = 0;

export class ActQueue {
  #waiting: Act[] = [];
  #busy = false;
  #closed = false;

  constructor(
      private readonly session: string, private readonly page: string,
      private readonly failed: (e: ApiError) => void) {}

  /// Queues an act; its number comes back as `acked` in the patches that came after it.
  push(node: number, event: string, value?: string): number {
    const n = ++counter;
    const last = this.#waiting.at(-1);
    const again = last !== undefined && event === 'input' && last.event === 'input' &&
        last.node === node && (this.#waiting.length > 1 || !this.#busy);
    if (again) {
      last.value = value;
      last.n = n;
      return n;
    }
    if (this.#waiting.length >= waitingMax) return n;
    this.#waiting.push({node, event, value, n});
    if (!this.#busy) void this.#drain();
    return n;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    let retries = 0;
    while (this.#waiting.length > 0 && !this.#closed) {
      const act = this.#waiting[0]!;
      try {
        await post(`/api/sessions/${encodeURIComponent(this.session)}/act`,
                   {...act, page: this.page});
        retries = 0;
      } catch (error) {
        const failure = error as ApiError;
        // Without an answer it is sent again; the host knows by `n` that it had it already.
        if (failure.code === 'offline' && retries++ < retriesMax && !this.#closed) {
          await new Promise(resolve => setTimeout(resolve, retryMs));
          continue;
        }
        // A node that went away while the finger was on its way to it is nobody's failure.
        if (failure.code !== 'not_found') this.failed(failure);
      }
      this.#waiting.shift();
    }
    this.#busy = false;
  }
}
