/** Which figures a resident is shown, in which order, and by whose word. */
import { said } from '../../shared/i18n'
import type { IndicatorRow, Text } from '../../shared/spec'

/** Only what somebody published: what the platform computes from its registers is the desk's business. */
export const published = (rows: readonly IndicatorRow[]): IndicatorRow[] =>
  rows.filter((row) => row.value !== null && row.quality === 'published')

/** Rows by domain, in the order in which the domains first occur; the key is the domain's place in that order. */
export function byDomain(rows: readonly IndicatorRow[]): [key: number, domain: Text, rows: IndicatorRow[]][] {
  const groups = new Map<string, { domain: Text; rows: IndicatorRow[] }>()
  for (const row of rows) {
    const name = said(row.domain as Text, 'zh')
    const group = groups.get(name) ?? { domain: row.domain, rows: [] }
    group.rows.push(row)
    groups.set(name, group)
  }
  return [...groups.values()].map((group, index) => [index, group.domain, group.rows])
}

export interface Citation { key: string; zh: string; en: string }

/** The source in words: an origin begins with the key of a citation ("S4 · 1725户"); without one it is the origin itself. */
export function sourceOf(origin: string, citations: readonly Citation[]): Text {
  const found = citations.find(({ key }) => origin === key || origin.startsWith(`${key} `))
  return found ? { zh: found.zh, en: found.en } : origin
}
