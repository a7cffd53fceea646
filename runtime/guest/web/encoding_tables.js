// The upper halves of the two one-byte Cyrillic encodings, in the Encoding standard's index order:
// bytes 0x80 to 0xFF.
export const kWindows1251 =
  'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ' +
  'ђ‘’“”•–—\u0098™љ›њќћџ' +
  '\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї' +
  '°±Ііґµ¶·ё№є»јЅѕї' +
  'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя';
export const kKoi8R =
  '─│┌┐└┘├┤┬┴┼▀▄█▌▐' +
  '░▒▓⌠■∙√≈≤≥\u00a0⌡°²·÷' +
  '═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞' +
  '╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©' +
  'юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ';

/** Labels of the Encoding standard for the encodings that we have. */
export const kLabels = {
  __proto__: null,
  'unicode-1-1-utf-8': 'utf-8',
  unicode11utf8: 'utf-8',
  unicode20utf8: 'utf-8',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'x-unicode20utf8': 'utf-8',
  csunicode: 'utf-16le',
  'iso-10646-ucs-2': 'utf-16le',
  'ucs-2': 'utf-16le',
  unicode: 'utf-16le',
  unicodefeff: 'utf-16le',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  cp1251: 'windows-1251',
  'windows-1251': 'windows-1251',
  'x-cp1251': 'windows-1251',
  cskoi8r: 'koi8-r',
  koi: 'koi8-r',
  koi8: 'koi8-r',
  'koi8-r': 'koi8-r',
  koi8_r: 'koi8-r',
};
