/** Which place of the district a point lies in. */
import { said } from '../../shared/i18n'
import { ask, keptBody } from '../data/kept'
import { COMMUNITIES, STREETS } from '../data/projects'
import { areaAt, type AreaLayer } from './areas'
import type { Home } from './home'
import type { Point } from './shapes'

/** Community first, street when the communities are not on the phone; null outside both. */
export async function homeAt(point: Point): Promise<Home | null> {
  await Promise.all([ask(COMMUNITIES), ask(STREETS)])
  const found = areaAt(keptBody<AreaLayer>(COMMUNITIES), point) ?? areaAt(keptBody<AreaLayer>(STREETS), point)
  return found && { ...point, code: found.code, name: said(found.name), by: 'located' }
}
