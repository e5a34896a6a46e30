/** Reading rows: numbers, words and statuses by the column that `encode` names. */
import { asOf, byFormat, dayOf } from '../shared/format'
import { said } from '../shared/i18n'
import type { Encode, Envelope, Lang, Panel, Row, Status, Text } from '../shared/spec'
import { asStatus, readStatus } from '../shared/Status'

type Key = string | null | undefined

export function amount(row: Row, key: Key): number | null {
  const value = key ? row[key] : undefined
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

const isText = (value: unknown): value is Exclude<Text, string> => typeof value === 'object' && value !== null && 'zh' in value

function plain(value: unknown, lang: Lang, format?: string | null): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return byFormat(value, format)
  if (typeof value === 'boolean') return value ? '✓' : '–'
  if (typeof value !== 'string') return Array.isArray(value) ? value.map((one) => plain(one, lang)).join(lang === 'zh' ? '、' : ', ') : JSON.stringify(value)
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return asOf(value)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayOf(`${value}T12:00:00+08:00`) : value
}

/** What a cell says: codes through the dictionary of the envelope, texts in the reader's language, dates shortened. */
export function word(envelope: Pick<Envelope, 'dict'>, row: Row, key: Key, lang: Lang, format?: string | null): string {
  if (!key) return ''
  const value = row[key]
  const known = envelope.dict?.[key]?.[String(value)]
  if (known !== undefined) return said(known, lang)
  if (isText(value)) return said(value, lang)
  const label = row[`${key}__label`]
  return typeof label === 'string' ? label : plain(value, lang, format ?? null)
}

export const statusAt = (row: Row, key: Key): Status => asStatus(key ? row[key] : undefined)
export const hasStatus = (row: Row, key: Key): boolean => readStatus(key ? row[key] : undefined) !== null

/** Rows in the order that `encode.sort` asks for: a part of the encoding or a column, `x` up, `-x` down, missing values last. */
export function sorted(rows: readonly Row[], encode: Encode | null | undefined): Row[] {
  const sort = encode?.sort
  if (!sort) return [...rows]
  const down = sort.startsWith('-')
  const part = down ? sort.slice(1) : sort
  const role = encode[part as keyof Encode]
  const key = typeof role === 'string' ? role : part
  return [...rows].sort((a, b) => Number(isMissing(a[key])) - Number(isMissing(b[key])) || compare(a[key], b[key]) * (down ? -1 : 1))
}

const isMissing = (value: unknown): boolean => value === null || value === undefined

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'zh')
}

/** The columns drawn as series: those of `encode.series`, or `y` alone under the title of the panel. */
export function seriesOf(panel: Panel): { y: string; label: Text; reference: boolean }[] {
  const { series, y, value } = panel.encode ?? {}
  if (series?.length) return series.map((one) => ({ y: one.y, label: one.label, reference: one.style === 'reference' }))
  return [{ y: y ?? value ?? 'value', label: panel.title, reference: false }]
}
