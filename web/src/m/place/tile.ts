/** A vector tile of the base map as paths of a drawing, in the tile's own units. Reads just what our tiles have: lines and areas. */

export const EXTENT = 4096
/** What is drawn, from the ground up. */
export const GROUND = ['water', 'green', 'streams', 'roads', 'buildings'] as const
export type GroundLayer = (typeof GROUND)[number]
export type Paths = Partial<Record<GroundLayer, string>>

const LENGTH_DELIMITED = 2

/** The fields of a protocol buffer: number and, where it has one, body; numbers alone are not needed. */
function* fieldsOf(data: Uint8Array): Generator<[field: number, body: Uint8Array]> {
  const read = reader(data)
  while (read.at < data.length) {
    const key = read.next()
    const value = read.next()
    if ((key & 7) !== LENGTH_DELIMITED) continue
    yield [key >> 3, data.subarray(read.at, read.at + value)]
    read.at += value
  }
}

/** Variable-length numbers, one after the other. Those of our tiles fit into 32 bits. */
function reader(data: Uint8Array) {
  const state = {
    at: 0,
    next(): number {
      let number = 0
      for (let shift = 0; ; shift += 7) {
        const byte = data[state.at++] ?? 0
        number |= (byte & 0x7f) << shift
        if (byte < 0x80) return number >>> 0
      }
    },
  }
  return state
}

const signed = (number: number): number => (number >>> 1) ^ -(number & 1)

/** Move, line and close commands as an SVG path. */
function pathOf(geometry: Uint8Array): string {
  const read = reader(geometry)
  let [path, x, y] = ['', 0, 0]
  while (read.at < geometry.length) {
    const command = read.next()
    const kind = command & 7
    if (kind === 7) path += 'Z'
    for (let left = kind === 7 ? 0 : command >> 3; left > 0; left--) {
      x += signed(read.next())
      y += signed(read.next())
      path += `${kind === 1 ? 'M' : 'L'}${x} ${y}`
    }
  }
  return path
}

const isGround = (name: string): name is GroundLayer => (GROUND as readonly string[]).includes(name)

function featuresOf(layer: Uint8Array): [name: string, path: string] {
  let [name, path] = ['', '']
  for (const [field, body] of fieldsOf(layer)) {
    if (field === 1) name = new TextDecoder().decode(body)
    else if (field === 2 && isGround(name)) for (const [part, geometry] of fieldsOf(body)) if (part === 4) path += pathOf(geometry)
  }
  return [name, path]
}

/** One path for each layer that a drawing of the ground has. */
export function pathsOf(tile: Uint8Array): Paths {
  const found: Paths = {}
  for (const [field, layer] of fieldsOf(tile)) {
    const [name, path] = field === 3 ? featuresOf(layer) : ['', '']
    if (path && isGround(name)) found[name] = path
  }
  return found
}
