// The page's icon for a browser's tab, drawn point by point: the tree holds no binary files.

import {deflateSync} from 'node:zlib';

const size = 64;
const ground = [79, 70, 229];
const white = [255, 255, 255];

/// Whether the point lies in the rounded square, from 0 (outside) to 1.
function inGround(x, y) {
  const radius = 18;
  const dx = Math.max(radius - x, x - (size - radius), 0);
  const dy = Math.max(radius - y, y - (size - radius), 0);
  return Math.max(0, Math.min(1, radius - Math.hypot(dx, dy) + 0.5));
}

/// A kiosk: an awning over a counter with a door.
function inSign(x, y) {
  const awning = y >= 16 && y < 28 && x >= 20 - (y - 16) / 3 && x <= 44 + (y - 16) / 3;
  const scallop = y >= 28 && Math.hypot((x - 16) % 10.7 - 5.3, y - 28) < 5 && x > 16 && x < 48;
  const wall = y >= 28 && y < 49 && x >= 19 && x < 45;
  const door = y >= 37 && x >= 28 && x < 36;
  return awning || scallop || (wall && !door);
}

export function drawIcon() {
  const rows = [];
  for (let y = 0; y < size; ++y) {
    rows.push(0);
    for (let x = 0; x < size; ++x) {
      const colour = inSign(x + 0.5, y + 0.5) ? white : ground;
      rows.push(...colour, Math.round(255 * inGround(x + 0.5, y + 0.5)));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name, bytes) {
  const head = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
  head.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
