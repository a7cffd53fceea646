// Times, money and sizes as people of the language in use write them.

import {currentLanguage, t} from './texts';

const locale = () => (currentLanguage() === 'ru' ? 'ru-RU' : 'en-GB');

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

export const clock = (ms: number): string =>
    new Date(ms).toLocaleTimeString(locale(), {hour: '2-digit', minute: '2-digit'});

/// "Today", "Yesterday", else the day.
export function dayName(ms: number): string {
  const day = new Date(ms);
  const now = new Date();
  if (sameDay(day, now)) return t().common.today;
  if (sameDay(day, new Date(now.getTime() - 86_400_000))) return t().common.yesterday;
  const year = day.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return day.toLocaleDateString(locale(), {day: 'numeric', month: 'long', year});
}

/// For a list: the clock today, else the short day.
export function shortTime(ms: number): string {
  if (ms === 0) return '';
  const day = new Date(ms);
  if (sameDay(day, new Date())) return clock(ms);
  return day.toLocaleDateString(locale(), {day: 'numeric', month: 'short'});
}

export const fullTime = (ms: number): string => `${dayName(ms)}, ${clock(ms)}`;

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/// Minor units as money, in the words of the host's sheets: 150000 RUB → "RUB 1,500.00" in English,
/// "1 500,00 ₽" in Russian.
export function money(minor: number, currency: string): string {
  try {
    const own = currentLanguage() === 'ru' && currency === 'RUB';
    const format = new Intl.NumberFormat(
        locale(), {style: 'currency', currency, currencyDisplay: own ? 'narrowSymbol' : 'code'});
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    return `${minor / 100} ${currency}`;
  }
}

export function byteSize(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    ++unit;
  }
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: units[unit],
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}
