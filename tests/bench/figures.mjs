// What the benchmarks in JavaScript say of many times.

const rounded = value => Math.round(value * 10) / 10;

/// The value of rank `part` (0 up to 1) among `numbers`, in any order.
export function ranked(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/// Median and percentile `high` of times in milliseconds, e.g. {p50Ms, p99Ms, count}.
export const figures = (times, high = 99) => ({
  p50Ms: rounded(ranked(times, 0.5)),
  [`p${high}Ms`]: rounded(ranked(times, high / 100)),
  count: times.length,
});
