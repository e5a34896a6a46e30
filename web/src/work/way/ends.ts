/** The ends of a way as the address holds them: longitude and latitude with six decimals. */
import type { Spot } from '../tours/api'

export type End = 'from' | 'to'

export function readSpot(text: string | null): Spot | null {
  const parts = (text ?? '').split(',')
  const [lon, lat] = parts.map((part) => (part.trim() ? Number(part) : NaN))
  const isSpot = parts.length === 2 && lon !== undefined && lat !== undefined && Math.abs(lon) <= 180 && Math.abs(lat) <= 90
  return isSpot ? [lon, lat] : null
}

export const writeSpot = ([lon, lat]: Spot): string => `${lon.toFixed(6)},${lat.toFixed(6)}`
