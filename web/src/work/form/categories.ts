/** The tree of categories: codes nest by dots, so a branch is a prefix of what stands in it. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import { useLang, type Lang } from '../../shared/i18n'
import type { Text } from '../../shared/spec'

export interface Category {
  id: number
  code: string
  name: string
  name_en: string
  kind: string
  lead: string
  lead__label?: Text | null
  valid_from: string | null
  valid_to: string | null
}
interface Page {
  rows: Category[]
  next: string | null
}

const ENTITY = 'cases.category'
const COLUMNS = 'code,name,name_en,kind,lead,valid_from,valid_to'
const PAGE = 500

async function allOf(signal: AbortSignal): Promise<Category[]> {
  const found: Category[] = []
  let after: string | null = ''
  while (after !== null) {
    const page: Page = await api.get<Page>(`/api/records/${ENTITY}`, { sort: 'code', limit: PAGE, columns: COLUMNS, after }, signal)
    found.push(...page.rows)
    after = page.next
  }
  return found
}

export function useCategories(enabled: boolean) {
  const lang = useLang()
  return useQuery({ queryKey: ['records', ENTITY, 'tree', lang], queryFn: ({ signal }) => allOf(signal), enabled, meta: { topics: [ENTITY] } })
}

/** Those of this kind of case, or of any, that are in force on this day; of a code that was dated anew the newest. */
export function inForce(rows: readonly Category[], kind: string, day: string): Category[] {
  const holds = ({ kind: own, valid_from, valid_to }: Category) =>
    (!own || !kind || own === kind) && (valid_from ?? day) <= day && day <= (valid_to ?? day)
  const newest = new Map<string, Category>()
  for (const row of rows.filter(holds)) {
    const known = newest.get(row.code)
    if (!known || (known.valid_from ?? '') <= (row.valid_from ?? '')) newest.set(row.code, row)
  }
  return [...newest.values()].sort((one, other) => one.code.localeCompare(other.code))
}

export const above = (code: string): string => code.slice(0, Math.max(0, code.lastIndexOf('.')))
export const nameOf = ({ name, name_en }: Category, lang: Lang): string => (lang === 'en' && name_en) || name

/** The nearest branch above that is there; a code whose parent is missing stands at the top. */
export function parentOf(rows: readonly Category[], code: string): string {
  let up = above(code)
  while (up && !rows.some((row) => row.code === up)) up = above(up)
  return up
}

export const childrenOf = (rows: readonly Category[], code: string): Category[] => rows.filter((row) => parentOf(rows, row.code) === code)

/** From the top down to the category itself. */
export function pathTo(rows: readonly Category[], code: string): Category[] {
  const own = rows.find((row) => row.code === code)
  return own ? [...pathTo(rows, parentOf(rows, code)), own] : []
}

/** Every word is found in its names or code, or in those of the branches above. */
export function named(rows: readonly Category[], words: string, lang: Lang): Category[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const text = (row: Category) => pathTo(rows, row.code).map((one) => `${one.name} ${nameOf(one, lang)} ${one.code}`).join(' ').toLowerCase()
  return rows.filter((row) => wanted.every((word) => text(row).includes(word)))
}

/** Who answers for it: its own office, else that of the branch above. */
export function officeOf(rows: readonly Category[], code: string): Text | null {
  const holder = [...pathTo(rows, code)].reverse().find((row) => row.lead)
  return holder ? (holder.lead__label ?? holder.lead) : null
}
