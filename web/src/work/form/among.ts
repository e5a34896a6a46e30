/** Which records a question offers, as it says itself: filters of a list, some of them with what stands in the record that is acted on. */
import { parseWhere, type Where } from '../list/query'
import type { Values } from '../wire'

const RECORD = '$record.'

/** The filters with the record's own values; one that needs a value which nobody has is left out, and the server judges. */
export function amongOf(among: readonly string[] | undefined, record: Values | undefined): Where[] {
  return (among ?? []).flatMap((text) => {
    const where = parseWhere(text)
    if (!where?.value.startsWith(RECORD)) return where ? [where] : []
    const value = record?.[where.value.slice(RECORD.length)]
    return value === undefined || value === null || value === '' ? [] : [{ ...where, value: String(value) }]
  })
}
