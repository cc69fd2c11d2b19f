const SIDE = 16; // pixels: the browser smooths them; decoding costs a fiftieth of a millisecond
const LARGEST = 64; // bytes of any ThumbHash, and more

/** A ThumbHash in base64 as the address of a tiny square picture, to be stretched; null for anything else.
 *
 * After the reference by Evan Wallace (https://evanw.github.io/thumbhash/), for opaque pictures only, as ours are.
 */
export function pictureOfHash(base64: string): string | null {
  const hash = bytesOf(base64);
  const pixels = hash && hash.length >= 8 && hash.length <= LARGEST ? decode(hash) : null;
  return pixels && `data:image/bmp;base64,${btoa(String.fromCharCode(...bitmap(pixels)))}`;
}

function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The coefficients of a channel, in the order in which the cosines are added up. */
interface Channel {
  columns: number;
  rows: number;
  values: number[];
}

/** Rows of red, green and blue from 0 to 1, from the top; null for a hash that is cut short or has transparency. */
function decode(hash: Uint8Array): number[][] | null {
  const byte = (index: number) => hash[index] ?? 0;
  const [first, second] = [byte(0) | (byte(1) << 8) | (byte(2) << 16), byte(3) | (byte(4) << 8)];
  if (first >> 23) return null;
  const short = Math.max(3, second & 7);
  const [columns, rows] = second >> 15 ? [7, short] : [short, 7];
  let next = 10; // in half bytes
  const channel = (across: number, down: number, scale: number): Channel => {
    const values: number[] = [];
    each(across, down, () => {
      values.push((((byte(next >> 1) >> ((next & 1) << 2)) & 15) / 7.5 - 1) * scale);
      next += 1;
    });
    return { columns: across, rows: down, values };
  };
  const light = channel(columns, rows, ((first >> 18) & 31) / 31);
  const yellow = channel(3, 3, (((second >> 3) & 63) / 63) * 1.25);
  const red = channel(3, 3, (((second >> 9) & 63) / 63) * 1.25);
  if (next > hash.length * 2 + 1) return null;
  const means = [(first & 63) / 63, ((first >> 6) & 63) / 31.5 - 1, ((first >> 12) & 63) / 31.5 - 1];
  return Array.from({ length: SIDE * SIDE }, (_, index) => {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)];
    const [l = 0, p = 0, q = 0] = [light, yellow, red].map((one, at) => (means[at] ?? 0) + sum(one, x, y));
    const b = l - (2 / 3) * p;
    const r = (3 * l - b + q) / 2;
    return [r, r - q, b].map((value) => Math.min(1, Math.max(0, value)));
  });
}

/** Walk the frequencies that a hash keeps: those in the corner of the low ones, without the mean. */
function each(columns: number, rows: number, visit: (x: number, y: number) => void): void {
  for (let y = 0; y < rows; y += 1) {
    for (let x = y ? 0 : 1; x * rows < columns * (rows - y); x += 1) visit(x, y);
  }
}

function sum({ columns, rows, values }: Channel, x: number, y: number): number {
  const wave = (at: number, frequency: number) => Math.cos((Math.PI / SIDE) * (at + 0.5) * frequency);
  let [total, index] = [0, 0];
  each(columns, rows, (across, down) => {
    total += (values[index] ?? 0) * wave(x, across) * wave(y, down);
    index += 1;
  });
  return 2 * total;
}

/** A Windows bitmap, the one format that needs no compression: 24 bits a pixel, from the bottom row up. */
function bitmap(pixels: readonly number[][]): number[] {
  const word = (value: number) => [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255];
  const size = SIDE * SIDE * 3;
  const header = [0x42, 0x4d, ...word(54 + size), ...word(0), ...word(54)];
  const format = [...word(40), ...word(SIDE), ...word(SIDE), 1, 0, 24, 0, ...word(0), ...word(size)];
  const rows = Array.from({ length: SIDE }, (_, row) => pixels.slice(row * SIDE, (row + 1) * SIDE)).reverse();
  const body = rows
    .flat()
    .flatMap(([r = 0, g = 0, b = 0]) => [b, g, r].map((value) => Math.round(value * 255)));
  return [...header, ...format, ...word(0), ...word(0), ...word(0), ...word(0), ...body];
}
