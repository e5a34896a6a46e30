/** The tiles of the base map that lie under a small drawn map. The service worker keeps them, so they are there without a network. */
import { useEffect, useState } from 'react'
import { useKept } from '../data/kept'
import { toPicture, type Frame } from '../near/frame'
import { toGround } from './mapFrame'
import type { Point } from './shapes'
import { EXTENT, pathsOf, type Paths } from './tile'

interface Base { tiles: string; minzoom: number; maxzoom: number }
interface Place { column: number; row: number; zoom: number }
export interface Piece extends Place { paths: Paths }

/** About so many tiles across a picture. */
const ACROSS = 2
const WORLD_M = 40_075_017

const columnOf = (lon: number, zoom: number): number => ((lon + 180) / 360) * 2 ** zoom
const rowOf = (lat: number, zoom: number): number => {
  const sine = Math.sin((lat * Math.PI) / 180)
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** zoom
}
const lonOf = (column: number, zoom: number): number => (column / 2 ** zoom) * 360 - 180
const latOf = (row: number, zoom: number): number => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** zoom))) * 180) / Math.PI

const rangeOf = (first: number, last: number): number[] => Array.from({ length: Math.floor(last) - Math.floor(first) + 1 }, (_, n) => Math.floor(first) + n)

/** The tiles that a frame touches, large enough that they are few. */
export function tilesUnder(frame: Frame, { minzoom, maxzoom }: Pick<Base, 'minzoom' | 'maxzoom'>): Place[] {
  const wide_m = frame.width / frame.scale
  const wanted = Math.log2((ACROSS * WORLD_M * Math.cos((frame.center.lat * Math.PI) / 180)) / wide_m)
  const zoom = Math.max(minzoom, Math.min(maxzoom, Math.floor(wanted)))
  const corner = toGround(frame)
  const [first, last]: [Point, Point] = [corner([0, 0]), corner([frame.width, frame.height])]
  return rangeOf(rowOf(first.lat, zoom), rowOf(last.lat, zoom)).flatMap((row) =>
    rangeOf(columnOf(first.lon, zoom), columnOf(last.lon, zoom)).map((column) => ({ column, row, zoom })))
}

/** Where a tile lies on the picture: from its units to those of the picture. */
export function placing(frame: Frame, { column, row, zoom }: Place): string {
  const place = toPicture(frame)
  const [left, top] = place({ lon: lonOf(column, zoom), lat: latOf(row, zoom) })
  const [right, bottom] = place({ lon: lonOf(column + 1, zoom), lat: latOf(row + 1, zoom) })
  return `matrix(${(right - left) / EXTENT} 0 0 ${(bottom - top) / EXTENT} ${left} ${top})`
}

const addressOf = (base: Base, { column, row, zoom }: Place): string =>
  base.tiles.replace('{z}', String(zoom)).replace('{x}', String(column)).replace('{y}', String(row))

async function pieceOf(base: Base, place: Place): Promise<Piece> {
  const answer = await fetch(addressOf(base, place))
  return { ...place, paths: answer.ok ? pathsOf(new Uint8Array(await answer.arrayBuffer())) : {} }
}

const WHERE = '/api/map'

/** Ask where the ground is while a page still waits for what it will show on it. */
export const useGroundSoon = (): void => void useKept<{ base: Base | null }>(WHERE)

/** The ground under the frame; nothing before a base map is there, or where the phone can't get it: names and marks are drawn anyway. */
export function useGround(frame: Frame): Piece[] {
  const base = useKept<{ base: Base | null }>(WHERE).body?.base
  const [pieces, setPieces] = useState<Piece[]>([])
  const wanted = base ? tilesUnder(frame, base) : []
  const key = base ? wanted.map((place) => addressOf(base, place)).join(' ') : ''
  useEffect(() => {
    let left = false
    if (base) void Promise.all(wanted.map((place) => pieceOf(base, place))).then((found) => left || setPieces(found), () => undefined)
    return () => {
      left = true
    }
    // The key says which tiles.
  }, [key])
  return pieces
}
