/** Where the map looks: the whole extent at first, a place after a drill; walls see the same picture larger. */
import type { Position } from 'geojson'
import type { Map as GLMap } from 'maplibre-gl'
import { isStill } from '../../shared/motion'
import { remNow } from '../../shared/rem'
import type { Camera } from '../../shared/spec'
import { framing, type Room, type Tilt } from './framing'

export const FLAT: Tilt = { pitch: 0, bearing: 0 }
export const tiltOf = (camera: Camera | null | undefined): Tilt => ({ pitch: camera?.pitch ?? 44, bearing: camera?.bearing ?? -24 })
export const lasting = (milliseconds: number): number => (isStill() ? 0 : milliseconds)

/** The map without the bars that lie over its edges. */
function roomOf({ clientWidth: width, clientHeight: height }: HTMLElement): Room {
  const rem = remNow() * 16
  return { width, height, top: 3.75 * rem, right: 1.5 * rem, bottom: 3.25 * rem, left: 1.5 * rem }
}

/** Put these points into view under a tilt; `edges` is what else needs room beside them, in pixels. */
export function frame(map: GLMap, points: readonly Position[], tilt: Tilt, duration: number, edges: Partial<Room> = {}): void {
  const seen = framing(points, tilt, { ...roomOf(map.getContainer()), ...edges })
  if (seen) map.easeTo({ ...seen, ...tilt, duration: lasting(duration) })
}

/** Where a map begins that shall have these points in view; null where they are not known. */
export const firstLook = (container: HTMLElement, points: readonly Position[], tilt: Tilt) => framing(points, tilt, roomOf(container))

/** The camera as declared, when the spec names a centre instead of an extent. */
export function declared(camera: Camera | null | undefined): { center: [number, number]; zoom: number } | null {
  if (!camera?.center || typeof camera.zoom !== 'number') return null
  return { center: camera.center, zoom: camera.zoom + Math.log2(remNow()) }
}
