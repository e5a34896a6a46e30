/** Where the map looks: the whole extent at first, a place after a drill; walls see the same picture larger. */
import type { LngLatBoundsLike, Map as GLMap } from 'maplibre-gl'
import { isStill } from '../../shared/motion'
import { remNow } from '../../shared/rem'
import type { Camera } from '../../shared/spec'
import type { Box } from './features'

export interface Tilt { pitch: number; bearing: number }
export const FLAT: Tilt = { pitch: 0, bearing: 0 }

export const tiltOf = (camera: Camera | null | undefined): Tilt => ({ pitch: camera?.pitch ?? 44, bearing: camera?.bearing ?? -24 })

export const lasting = (milliseconds: number): number => (isStill() ? 0 : milliseconds)

const bounds = (box: Box): LngLatBoundsLike => [[box[0], box[1]], [box[2], box[3]]]

/** Frame a box under a tilt. */
export function frame(map: GLMap, box: Box, tilt: Tilt, duration: number, room = 28): void {
  const narrow = map.getContainer().clientWidth < 500
  const padding = (narrow ? room / 2 : room) * remNow()
  const seen = map.cameraForBounds(bounds(box), { padding, bearing: tilt.bearing, pitch: tilt.pitch })
  if (!seen) return
  map.easeTo({ ...seen, ...tilt, duration: lasting(duration) })
}

/** The camera as declared, when the spec names a centre instead of an extent. */
export function declared(camera: Camera | null | undefined): { center: [number, number]; zoom: number } | null {
  if (!camera?.center || typeof camera.zoom !== 'number') return null
  return { center: camera.center, zoom: camera.zoom + Math.log2(remNow()) }
}
