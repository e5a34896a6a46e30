import { expect, test } from 'vitest'
import { placing, tilesUnder } from '../place/ground'
import { frameOf } from '../place/mapFrame'
import { pathsOf } from '../place/tile'

/** Two roads, a building with a court, an outlet: written by the platform's own encoder. */
const TILE =
  'GmUKBXJvYWRzEhQIARIEAAABARgCIggJAAAK2ASQAxIRCAISAgACGAIiBwkUFAoArD4aBGtpbmQaBG5hbWUiDQoLcmVzaWRlbnRpYWwiCwoJ5Y+L6LCK6LevIgYKBHBhdGgogCB4' +
  'AhpcCglidWlsZGluZ3MSLAgDEgQAAAEBGAMiIAnIAcgBGsAMAADADL8MAA8JkAOvCRoAxwHHAQAAyAEPGgZoZWlnaHQaBGNvZGUiAjAYIgoKCEIwMDAwMDAxKIAgeAIaKQoFc3BvdHMS' +
  'DQgDEgIAABgBIgMJCgoaBGtpbmQiBgoEc2hvcCiAIHgC'
const SIZE = { width: 360, height: 260 }
const HERE = { lon: 117.2, lat: 39.08 }

test('a tile of the platform is read as paths, layer by layer, its points left out', () => {
  expect(pathsOf(Uint8Array.from(atob(TILE), (letter) => letter.charCodeAt(0)))).toEqual({
    roads: 'M0 0L300 200M10 10L10 4000',
    buildings: 'M100 100L900 100L900 900L100 900ZM300 300L300 200L200 200L200 300Z',
  })
  expect(pathsOf(new Uint8Array())).toEqual({})
})

test('few tiles lie under a frame, whatever its width, and none beyond the zooms there are', () => {
  for (const width_m of [200, 900, 5_000, 40_000]) {
    const tiles = tilesUnder(frameOf(HERE, width_m, SIZE), { minzoom: 8, maxzoom: 15 })
    expect(tiles.length).toBeGreaterThan(0)
    expect(tiles.length).toBeLessThanOrEqual(9)
    expect(tiles.every(({ zoom }) => zoom >= 8 && zoom <= 15)).toBe(true)
  }
})

test('tiles lie edge to edge on the picture', () => {
  const frame = frameOf(HERE, 900, SIZE)
  const numbers = (column: number) => (placing(frame, { column, row: 12_450, zoom: 15 }).match(/-?[\d.]+(?:e-\d+)?/g) ?? []).map(Number)
  const [[scale = 0, , , , left = 0], [, , , , next = 0]] = [numbers(27_050), numbers(27_051)] as [number[], number[]]
  expect(left + scale * 4096).toBeCloseTo(next, 6)
})
