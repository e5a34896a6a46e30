/** What a JPEG says of where and when it was taken. Read on the phone, before the picture is drawn anew without it. */
import type { Point } from '../place/shapes'

export interface Taken { at: Date | null; point: Point | null }

const NOTHING: Taken = { at: null, point: null }
const HEAD_BYTES = 256 * 1024
const JPEG = 0xffd8
const APP1 = 0xffe1
const EXIF = 0x45786966
const TAGS = { exif: 0x8769, gps: 0x8825, taken: 0x9003, offset: 0x9011, latRef: 1, lat: 2, lonRef: 3, lon: 4 } as const
const TIME = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/

/** Where the TIFF part of the EXIF segment begins, or null. */
function tiffAt(view: DataView): number | null {
  if (view.byteLength < 4 || view.getUint16(0) !== JPEG) return null
  for (let at = 2; at + 10 < view.byteLength; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === APP1 && view.getUint32(at + 4) === EXIF) return at + 10
    if (view.getUint8(at) !== 0xff) return null
  }
  return null
}

/** One directory of tags: the text or the numbers of each, read on demand. */
class Directory {
  private readonly entries = new Map<number, number>()

  constructor(private readonly view: DataView, private readonly base: number, at: number, private readonly little: boolean) {
    const count = view.getUint16(base + at, little)
    for (let index = 0; index < count; index += 1) {
      const entry = base + at + 2 + index * 12
      this.entries.set(view.getUint16(entry, little), entry)
    }
  }

  pointer(tag: number): number | null {
    const entry = this.entries.get(tag)
    return entry === undefined ? null : this.view.getUint32(entry + 8, this.little)
  }

  text(tag: number): string {
    const entry = this.entries.get(tag)
    if (entry === undefined) return ''
    const length = this.view.getUint32(entry + 4, this.little)
    const start = length <= 4 ? entry + 8 : this.base + this.view.getUint32(entry + 8, this.little)
    return Array.from({ length }, (_, index) => String.fromCharCode(this.view.getUint8(start + index))).join('').replace(/\0.*$/, '')
  }

  degrees(tag: number): number | null {
    const start = this.pointer(tag)
    if (start === null) return null
    const part = (index: number): number => {
      const at = this.base + start + index * 8
      return this.view.getUint32(at, this.little) / this.view.getUint32(at + 4, this.little)
    }
    const value = part(0) + part(1) / 60 + part(2) / 3600
    return Number.isFinite(value) ? value : null
  }
}

function pointOf(gps: Directory): Point | null {
  const [lat, lon] = [gps.degrees(TAGS.lat), gps.degrees(TAGS.lon)]
  if (lat === null || lon === null || (lat === 0 && lon === 0)) return null
  return { lat: gps.text(TAGS.latRef) === 'S' ? -lat : lat, lon: gps.text(TAGS.lonRef) === 'W' ? -lon : lon }
}

/** The camera writes its own clock without a zone, so the phone's zone is taken where it names none. */
function momentOf(more: Directory): Date | null {
  const match = TIME.exec(more.text(TAGS.taken))
  if (!match) return null
  const moment = new Date(`${match[1]}-${match[2]}-${match[3]}T${match[4]}${more.text(TAGS.offset).trim()}`)
  return Number.isNaN(moment.getTime()) ? null : moment
}

function read(view: DataView): Taken {
  const base = tiffAt(view)
  if (base === null) return NOTHING
  const little = view.getUint16(base) === 0x4949
  const first = new Directory(view, base, view.getUint32(base + 4, little), little)
  const [more, gps] = [first.pointer(TAGS.exif), first.pointer(TAGS.gps)]
  return {
    at: more === null ? null : momentOf(new Directory(view, base, more, little)),
    point: gps === null ? null : pointOf(new Directory(view, base, gps, little)),
  }
}

/** Never throws: a damaged head says nothing. */
export async function takenOf(file: Blob): Promise<Taken> {
  try {
    return read(new DataView(await file.slice(0, HEAD_BYTES).arrayBuffer()))
  } catch {
    return NOTHING
  }
}
