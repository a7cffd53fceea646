// Counts verdicts and says them: one line for a failure as it happens, one for each stage, one at
// the end.

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
export const red = text => paint(31, text);
export const green = text => paint(32, text);
export const dim = text => paint(2, text);

const detailLinesMax = 40;
const slowestShown = 5;

/// The verdicts of one stage.
export class StageReport {
  passed = 0;
  failed = 0;
  skipped = 0;
  failures = [];
  #lastSaid = Date.now();
  #times = [];
  #closed = false;

  constructor(stage) {
    this.stage = stage;
  }

  /// `count` checks called `name` passed.
  pass(name, count = 1) {
    if (this.#closed) return;
    this.passed += count;
    this.#progress(name);
  }

  /// One check failed; `detail` is for people and may have many lines.
  fail(name, detail = '', count = 1) {
    if (this.#closed) return;
    this.failed += count;
    this.failures.push(`${this.stage}: ${name}`);
    console.log(`${red('FAIL')} ${this.stage}: ${name}`);
    const lines = String(detail).trimEnd().split('\n').filter(
        (line, i, all) => line !== '' || all.length > 1);
    const cut = lines.length > detailLinesMax ? lines.slice(-detailLinesMax) : lines;
    if (cut.length < lines.length)
      console.log(`     (the last ${detailLinesMax} of ${lines.length} lines)`);
    for (const line of cut) console.log(`     ${line}`);
    this.#lastSaid = Date.now();
  }

  /// One check was not made, and why.
  skip(name, reason, count = 1) {
    if (this.#closed) return;
    this.skipped += count;
    console.log(`skip ${this.stage}: ${name}: ${reason}`);
  }

  /// No verdict counts from now on: what still ends was cut short.
  close() {
    this.#closed = true;
  }

  /// `name`, a program or file of tests, ran for `ms`.
  took(name, ms) {
    this.#times.push({name, ms});
  }

  /// The longest runs: "unit-bridge 57 s, apps.test.mjs 30 s".
  slowest() {
    return this.#times.sort((a, b) => b.ms - a.ms)
        .slice(0, slowestShown)
        .map(({name, ms}) => `${name} ${Math.round(ms / 1000)} s`)
        .join(', ');
  }

  #progress(name) {
    if (Date.now() - this.#lastSaid < 15_000) return;
    this.#lastSaid = Date.now();
    console.log(dim(`     ${this.stage}: ${this.passed} passed so far, now ${name}`));
  }

  /// "12 passed, 0 failed", with the skipped ones if there are any.
  counts() {
    return countsText(this);
  }
}

export function countsText({passed, failed, skipped}) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
