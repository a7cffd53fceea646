// What V8 and ICU load lazily from files must be loaded in the zygote: a guest in its jail opens
// none. It also faults in what nearly every app touches, before the fork.

/** Uses time zones, locales, collation and normalisation once. */
export function warmUp() {
  const date = new Date(0);
  const samples = [
    date.toString(),
    date.toLocaleString('ru'),
    date.toLocaleDateString('ru', { dateStyle: 'full', timeZone: 'Europe/Moscow' }),
    new Intl.DateTimeFormat('ru').format(date),
    new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(date),
    new Intl.NumberFormat('ru', { style: 'currency', currency: 'RUB' }).format(1234.5),
    new Intl.PluralRules('ru').select(5),
    new Intl.RelativeTimeFormat('ru').format(-1, 'day'),
    new Intl.ListFormat('ru').format(['a', 'b']),
    (1234.5).toLocaleString('ru'),
    'e\u0301'.normalize('NFC') + '\u00e9'.normalize('NFD') + '\uff21'.normalize('NFKC'),
    '\u0451\u0436'.localeCompare('\u0435\u0436', 'ru'),
    '\u0401'.toLocaleLowerCase('ru'),
  ];
  for (const locale of ['ru', 'en']) new Intl.Collator(locale).compare('a', 'b');
  if (Intl.Segmenter !== undefined) {
    for (const segment of new Intl.Segmenter('ru').segment('ab')) samples.push(segment.segment);
  }
  return samples.length;
}
