import type { LatLon } from "@/lib/map-view";
import { toLocalInput } from "@/lib/time";

/** What the camera wrote into a photo and what may help to fill in a form; it never leaves the device. */
export interface CameraNotes {
  takenAt: string | null; // of an input datetime-local
  place: LatLon | null;
}

const NOTHING: CameraNotes = { takenAt: null, place: null };
const HEAD = 1_000_000; // bytes: cameras write their notes near the beginning, HEIC within its first kilobytes
const MARK = [0x45, 0x78, 0x69, 0x66, 0, 0]; // "Exif" and two zeros, before the notes in JPEG, HEIC and most WebP
const OLDEST = 1990; // a camera whose clock was never set says 1970 or 1980

const EXIF_PART = 0x8769;
const GPS_PART = 0x8825;
const TAKEN = 0x9003;
const TAKEN_OFFSET = 0x9011;
const GPS = { latitudeRef: 1, latitude: 2, longitudeRef: 3, longitude: 4 };

/** Read when and where a photo was taken; nothing where there is nothing, or nothing that makes sense. */
export async function readCameraNotes(photo: Blob): Promise<CameraNotes> {
  try {
    const head = await photo.slice(0, HEAD).arrayBuffer();
    const start = findNotes(new Uint8Array(head));
    if (start < 0) return NOTHING;
    const notes = new Notes(new DataView(head, start));
    return { takenAt: orNull(() => notes.takenAt()), place: orNull(() => notes.place()) };
  } catch {
    return NOTHING;
  }
}

function findNotes(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(0x45); at >= 0; at = bytes.indexOf(0x45, at + 1)) {
    if (MARK.every((byte, index) => bytes[at + index] === byte) && isTiff(bytes, at + MARK.length))
      return at + MARK.length;
  }
  return -1;
}

const isTiff = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] === 0x49 && bytes[at + 1] === 0x49 && bytes[at + 2] === 42) ||
  (bytes[at] === 0x4d && bytes[at + 1] === 0x4d && bytes[at + 3] === 42);

/** Whatever a broken file makes us read beyond its end throws a RangeError. */
function orNull<Value>(read: () => Value | null): Value | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** The notes' directories: lists of entries of 12 bytes, of which an entry may point to another list. */
class Notes {
  private readonly little: boolean;
  private readonly main: Map<number, number>;

  constructor(private readonly view: DataView) {
    this.little = view.getUint8(0) === 0x49;
    this.main = this.entries(this.long(4));
  }

  takenAt(): string | null {
    const entries = this.part(EXIF_PART);
    const taken = this.text(entries.get(TAKEN), 19);
    const match = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d)/.exec(taken);
    if (!match || Number(match[1]) < OLDEST) return null;
    const local = `${match[1]}-${match[2]}-${match[3]}T${match[4]}`;
    const offset = /^[+-]\d\d:\d\d/.exec(this.text(entries.get(TAKEN_OFFSET), 6))?.[0] ?? "";
    const moment = new Date(`${local}${offset}`);
    return Number.isNaN(moment.getTime()) ? null : toLocalInput(moment);
  }

  place(): LatLon | null {
    const entries = this.part(GPS_PART);
    const latitude = this.degrees(entries, GPS.latitude, GPS.latitudeRef, "S");
    const longitude = this.degrees(entries, GPS.longitude, GPS.longitudeRef, "W");
    const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude || longitude);
    return isPlace ? { latitude, longitude } : null; // 0, 0 is what a phone writes that does not know
  }

  private part(tag: number): Map<number, number> {
    const entry = this.main.get(tag);
    return entry === undefined ? new Map() : this.entries(this.long(entry + 8));
  }

  private entries(at: number): Map<number, number> {
    const count = this.view.getUint16(at, this.little);
    const found = new Map<number, number>();
    for (let entry = at + 2; entry < at + 2 + count * 12 && entry + 12 <= this.view.byteLength; entry += 12)
      found.set(this.view.getUint16(entry, this.little), entry);
    return found;
  }

  private degrees(entries: Map<number, number>, tag: number, refTag: number, negative: string): number {
    const [entry, ref] = [entries.get(tag), entries.get(refTag)];
    if (entry === undefined || this.long(entry + 4) !== 3) return NaN;
    const at = this.long(entry + 8);
    const [degrees, minutes, seconds] = [0, 8, 16].map((shift) => this.ratio(at + shift));
    const value = (degrees ?? NaN) + (minutes ?? 0) / 60 + (seconds ?? 0) / 3600;
    return this.text(ref, 1) === negative ? -value : value;
  }

  /** A text of up to four bytes stands in its entry, a longer one where the entry points. */
  private text(entry: number | undefined, longest: number): string {
    if (entry === undefined) return "";
    const length = Math.min(this.long(entry + 4), longest);
    const at = this.long(entry + 4) > 4 ? this.long(entry + 8) : entry + 8;
    const bytes = Array.from({ length }, (_, index) => this.view.getUint8(at + index));
    return String.fromCharCode(...bytes);
  }

  private ratio(at: number): number {
    return this.long(at) / (this.long(at + 4) || 1); // some cameras write 0/0 for seconds
  }

  private long(at: number): number {
    return this.view.getUint32(at, this.little);
  }
}
