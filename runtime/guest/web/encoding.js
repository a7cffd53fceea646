// TextEncoder, and TextDecoder for utf-8, utf-16le, windows-1251 and koi8-r. UTF-8 itself is done
// in C++ (encoding.cc); what is here keeps the bytes of a character that a stream cut in two.
import { natives } from './state.js';
import { kKoi8R, kLabels, kWindows1251 } from './encoding_tables.js';
import {
  ArrayBufferIsView,
  ArrayBufferPrototypeGetByteLength,
  BooleanCtor,
  DataViewPrototypeGetBuffer,
  DataViewPrototypeGetByteLength,
  DataViewPrototypeGetByteOffset,
  define,
  isObject,
  lengthOf,
  part,
  RangeErrorCtor,
  StringFromCharCode,
  StringPrototypeCharCodeAt,
  StringPrototypeCodePointAt,
  StringPrototypeSlice,
  StringPrototypeToLowerCase,
  toText,
  toWellFormed,
  TypedArrayPrototypeGetBuffer,
  TypedArrayPrototypeGetByteLength,
  TypedArrayPrototypeGetByteOffset,
  TypedArrayPrototypeGetTag,
  TypedArrayPrototypeSet,
  TypeErrorCtor,
  Uint8ArrayCtor,
  webInterface,
} from './primordials.js';

class TextEncoder {
  #brand;
  get encoding() {
    this.#brand;
    return 'utf-8';
  }
  encode(input = '') {
    this.#brand;
    return natives.utf8Encode(toText(input));
  }
  encodeInto(source, destination) {
    this.#brand;
    const text = toText(source);
    if (
      !ArrayBufferIsView(destination) ||
      TypedArrayPrototypeGetTag(destination) !== 'Uint8Array'
    ) {
      throw new TypeErrorCtor('encodeInto needs a Uint8Array');
    }
    const room = TypedArrayPrototypeGetByteLength(destination);
    let read = 0;
    let written = 0;
    while (read < text.length) {
      const code = StringPrototypeCodePointAt(text, read);
      const size = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (written + size > room) break;
      written += size;
      read += code > 0xffff ? 2 : 1;
    }
    // Nothing can be set in a detached array, whose length is 0.
    if (written > 0) {
      TypedArrayPrototypeSet(destination, natives.utf8Encode(StringPrototypeSlice(text, 0, read)));
    }
    return { read, written };
  }
}
webInterface(TextEncoder, 'TextEncoder');

const kNoBytes = new Uint8ArrayCtor(0);

/** The bytes of any BufferSource, without a copy; none when its buffer was detached. */
export function bytesOf(input) {
  const isView = ArrayBufferIsView(input);
  if (!isView && (!isObject(input) || natives.kindOf(input) !== 'arraybuffer')) {
    throw new TypeErrorCtor('decode needs an ArrayBuffer or a view of one');
  }
  const isDataView = isView && TypedArrayPrototypeGetTag(input) === undefined;
  let buffer = input;
  if (isDataView) buffer = DataViewPrototypeGetBuffer(input);
  else if (isView) buffer = TypedArrayPrototypeGetBuffer(input);
  const bytes = ArrayBufferPrototypeGetByteLength(buffer);
  // No view can be made of a detached buffer, whose length is 0.
  if (bytes === 0) return kNoBytes;
  if (isDataView) {
    return new Uint8ArrayCtor(
      buffer,
      DataViewPrototypeGetByteOffset(input),
      DataViewPrototypeGetByteLength(input),
    );
  }
  return new Uint8ArrayCtor(
    buffer,
    isView ? TypedArrayPrototypeGetByteOffset(input) : 0,
    isView ? TypedArrayPrototypeGetByteLength(input) : bytes,
  );
}

function concat(first, second) {
  if (lengthOf(first) === 0) return second;
  const both = new Uint8ArrayCtor(lengthOf(first) + lengthOf(second));
  TypedArrayPrototypeSet(both, first);
  TypedArrayPrototypeSet(both, second, lengthOf(first));
  return both;
}

/** How many bytes at the end of `bytes` begin a UTF-8 character that is not complete. */
function utf8Tail(bytes) {
  const length = lengthOf(bytes);
  for (let back = 1; back <= 3 && back <= length; back++) {
    const b = bytes[length - back];
    if ((b & 0xc0) === 0x80) continue;
    const size = b >= 0xf0 && b <= 0xf4 ? 4 : b >= 0xe0 ? 3 : b >= 0xc2 ? 2 : 1;
    return size > back && b <= 0xf4 && isPrefix(bytes, length - back, back) ? back : 0;
  }
  return 0;
}

// The second byte of some lead bytes is restricted; a wrong one can never become a character.
function isPrefix(bytes, at, length) {
  if (length < 2) return true;
  const lead = bytes[at];
  const second = bytes[at + 1];
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second < 0xa0;
  if (lead === 0xf0) return second >= 0x90;
  if (lead === 0xf4) return second < 0x90;
  return true;
}

function isSpace(code) {
  return code === 9 || code === 10 || code === 12 || code === 13 || code === 32;
}

function trimAscii(text) {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(StringPrototypeCharCodeAt(text, from))) from++;
  while (to > from && isSpace(StringPrototypeCharCodeAt(text, to - 1))) to--;
  return StringPrototypeSlice(text, from, to);
}

class TextDecoder {
  #encoding;
  #fatal = false;
  #ignoreBom = false;
  #bomSeen = false;
  #streaming = false;
  #rest = kNoBytes;

  constructor(label = 'utf-8', options = undefined) {
    const name = kLabels[StringPrototypeToLowerCase(trimAscii(toText(label)))];
    if (name === undefined) {
      throw new RangeErrorCtor(
        'there is no encoding of this name; there are utf-8, utf-16le, ' +
          'windows-1251 and koi8-r',
      );
    }
    this.#encoding = name;
    if (!isObject(options)) return;
    this.#fatal = BooleanCtor(options.fatal);
    this.#ignoreBom = BooleanCtor(options.ignoreBOM);
  }
  get encoding() {
    return this.#encoding;
  }
  get fatal() {
    return this.#fatal;
  }
  get ignoreBOM() {
    return this.#ignoreBom;
  }

  decode(input = undefined, options = undefined) {
    const stream = isObject(options) && BooleanCtor(options.stream);
    if (!this.#streaming) {
      this.#rest = kNoBytes;
      this.#bomSeen = false;
    }
    this.#streaming = stream;
    const bytes = input === undefined ? kNoBytes : bytesOf(input);
    if (this.#encoding === 'utf-8') return this.#decodeUtf8(concat(this.#rest, bytes), stream);
    if (this.#encoding === 'utf-16le') return this.#decodeUtf16(concat(this.#rest, bytes), stream);
    return this.#decodeTable(bytes, this.#encoding === 'koi8-r' ? kKoi8R : kWindows1251);
  }

  #decodeUtf8(all, stream) {
    const tail = stream ? utf8Tail(all) : 0;
    const whole = part(all, 0, lengthOf(all) - tail);
    this.#keep(all, tail);
    return this.#withoutBom(natives.utf8Decode(whole, this.#fatal, true));
  }

  #decodeUtf16(all, stream) {
    let text = '';
    const size = lengthOf(all);
    let end = size & ~1;
    if (stream && end >= 2 && (all[end - 1] & 0xfc) === 0xd8) end -= 2;
    for (let i = 0; i < end; i += 2) text += StringFromCharCode(all[i] | (all[i + 1] << 8));
    if (stream) {
      this.#keep(all, size - end);
    } else {
      this.#keep(all, 0);
      if (end < size) text += '\ud800';
    }
    const good = toWellFormed(text);
    if (this.#fatal && good !== text) {
      this.#streaming = false;
      throw new TypeErrorCtor('the bytes are not utf-16le');
    }
    return this.#withoutBom(good);
  }

  #decodeTable(bytes, table) {
    let text = '';
    for (let i = 0, size = lengthOf(bytes); i < size; i++) {
      const b = bytes[i];
      text += b < 0x80 ? StringFromCharCode(b) : table[b - 0x80];
    }
    return text;
  }

  #keep(all, tail) {
    this.#rest = kNoBytes;
    if (tail === 0) return;
    this.#rest = new Uint8ArrayCtor(tail);
    TypedArrayPrototypeSet(this.#rest, part(all, lengthOf(all) - tail, lengthOf(all)));
  }

  #withoutBom(text) {
    if (this.#bomSeen || text.length === 0) return text;
    this.#bomSeen = true;
    return !this.#ignoreBom && StringPrototypeCharCodeAt(text, 0) === 0xfeff
      ? StringPrototypeSlice(text, 1)
      : text;
  }
}
webInterface(TextDecoder, 'TextDecoder');

export function installEncoding(global) {
  define(global, 'TextEncoder', TextEncoder);
  define(global, 'TextDecoder', TextDecoder);
}
