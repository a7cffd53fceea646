/*---
id: NATIVE-164
title: the bytes of a detached buffer, and of each kind of view of one, are none
level: 2
refs: ["SBX-NATIVE-004"]
grants: none
expect: ok
---*/
const makers = [
  buffer => buffer, buffer => new Uint8Array(buffer, 8, 8), buffer => new Float64Array(buffer),
  buffer => new DataView(buffer, 8)
];
for (const [at, make] of makers.entries()) {
  for (const label of ['utf-8', 'utf-16le', 'koi8-r']) {
    const buffer = new Uint8Array(64).fill(97).buffer;
    const source = make(buffer);
    structuredClone(buffer, {transfer: [buffer]});
    equal(new TextDecoder(label).decode(source), '', `${label}, source ${at}`);
    equal(new TextDecoder(label, {fatal: true}).decode(source), '', `fatal ${label}, source ${at}`);
    equal(await new Response(source).text(), '', `a body, source ${at}`);
  }
}
const decoder = new TextDecoder();
const half = new Uint8Array([0xd0]);
const view = new DataView(new ArrayBuffer(4));
structuredClone(view.buffer, {transfer: [view.buffer]});
equal(decoder.decode(half, {stream: true}), '', 'the first half');
equal(decoder.decode(view, {stream: true}), '', 'nothing between');
equal(decoder.decode(new Uint8Array([0x9f])), '\u041f', 'the letter');

const target = new Uint8Array(8);
structuredClone(target.buffer, {transfer: [target.buffer]});
const {read, written} = new TextEncoder().encodeInto('abc', target);
equal(`${read} ${written}`, '0 0', 'what fits a detached array');
