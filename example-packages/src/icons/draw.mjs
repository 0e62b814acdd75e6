// Draws library.png and tooling.png (64 by 64 pixels, a "C" on a rounded square) beside this file.
// Run with `node draw.mjs` after a change here; the pictures are committed.
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const SIZE = 64;
const SAMPLES = 4; // per pixel and axis, for smooth edges

draw("library.png", { square: [31, 78, 152], letter: [255, 255, 255] });
draw("tooling.png", { square: [38, 38, 46], letter: [255, 193, 61] });

function draw(name, colours) {
  const rows = [];
  for (let y = 0; y < SIZE; y++) {
    rows.push(0); // PNG filter of the row: none
    for (let x = 0; x < SIZE; x++) rows.push(...pixel(x, y, colours));
  }
  writeFileSync(new URL(name, import.meta.url), png(Uint8Array.from(rows)));
}

function pixel(x, y, { square, letter }) {
  let inSquare = 0;
  let inLetter = 0;
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const px = x + ((sample % SAMPLES) + 0.5) / SAMPLES - SIZE / 2;
    const py = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - SIZE / 2;
    if (isInSquare(px, py)) inSquare++;
    if (isInLetter(px, py)) inLetter++;
  }
  const share = inSquare === 0 ? 0 : inLetter / inSquare;
  const colour = square.map((from, channel) => Math.round(from + (letter[channel] - from) * share));
  return [...colour, Math.round((255 * inSquare) / (SAMPLES * SAMPLES))];
}

function isInSquare(x, y, half = 30, radius = 12) {
  const dx = Math.max(Math.abs(x) - (half - radius), 0);
  const dy = Math.max(Math.abs(y) - (half - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function isInLetter(x, y) {
  const distance = Math.hypot(x, y);
  const isGap = x > 0 && Math.abs(y) < x * 0.75;
  return distance >= 11 && distance <= 19 && !isGap;
}

function png(pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits per channel, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(pixels, { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", body), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, content) {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, checksum]);
}
