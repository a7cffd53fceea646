// A letter or two and a colour in place of a picture.

const tints = 8;

/// The first letters of the first two words, by what a person sees as letters.
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(word => word !== '').slice(0, 2);
  return words.map(word => [...word][0] ?? '').join('').toUpperCase() || '?';
}

/// The same name has the same colour everywhere: 0..7.
export function tintOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)!) >>> 0;
  return hash % tints;
}
