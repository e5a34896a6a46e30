/** What may be reported, in groups of one tap and then one more; found by words as well. */
import type { Lang } from '../../shared/spec'
import type { CategoryRow } from '../data/cases'

export interface Topic { code: string; name: string; kind: string; danger: boolean; hint: string }
export interface Group { code: string; name: string; topics: Topic[] }

const named = (row: CategoryRow, lang: Lang): string => (lang === 'en' && row.name_en ? row.name_en : row.name)
const above = (code: string): string => code.slice(0, Math.max(0, code.lastIndexOf('.')))

/** Only what has nothing below it can be reported; it stands in the branch right above it, so nobody opens three drawers. */
export function groupsOf(rows: readonly CategoryRow[], kinds: ReadonlySet<string>, lang: Lang): Group[] {
  const [onlyKind = ''] = kinds
  const parents = new Set(rows.map((row) => above(row.code)))
  const names = new Map(rows.map((row) => [row.code, named(row, lang)]))
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const kind = row.kind || onlyKind
    if (parents.has(row.code) || !kinds.has(kind)) continue
    const code = above(row.code)
    const group = groups.get(code) ?? { code, name: names.get(code) ?? named(row, lang), topics: [] }
    group.topics.push({ code: row.code, name: named(row, lang), kind, danger: row.urgency === 'danger', hint: lang === 'zh' ? row.opens_when : '' })
    groups.set(code, group)
  }
  return [...groups.values()]
}

/** Topics with these words in name or hint; every word has to be found. Each says its group too: two groups may have a topic of one name. */
export function found(groups: readonly Group[], words: string): Topic[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = ({ name, hint }: Topic, group: string): boolean => wanted.every((word) => `${name} ${hint} ${group}`.toLowerCase().includes(word))
  const placed = (topic: Topic, group: string): Topic => ({ ...topic, hint: [group, topic.hint].filter(Boolean).join(' · ') })
  return groups.flatMap(({ name, topics }) => topics.filter((topic) => holds(topic, name)).map((topic) => placed(topic, name)))
}
