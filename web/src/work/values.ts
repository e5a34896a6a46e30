/** A value of a record as text, by the kind of its field. */
import { number, percent, spaced, ZONE } from '../shared/format'
import { said, type Lang } from '../shared/i18n'
import type { Label, Text } from '../shared/spec'
import { headed } from '../shared/joined'
import type { Dict, Field, Values } from './wire'

export const EMPTY = '—'

const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** 2025-11-20 15:42 in the district's time. */
export function momentText(value: unknown): string {
  const at = new Date(String(value))
  return Number.isNaN(at.getTime()) ? String(value) : clock.format(at)
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && Object.keys(value).length === 0)

/** Decimals come as text, so that no digit is lost on the way. */
export function numberText(value: unknown, decimals?: number | null): string {
  const asNumber = typeof value === 'number' ? value : Number(value)
  return Number.isFinite(asNumber) ? number(asNumber, decimals ?? undefined) : String(value)
}

export const labelKey = (field: string): string => `${field}__label`

function choiceText(field: Field, value: unknown, dict: Dict | null | undefined, lang: Lang): string {
  const known = dict?.[field.key]?.[String(value)] ?? field.options?.find((option) => option.value === value)?.label
  return known ? said(known, lang) : String(value)
}

function listText(values: unknown[], one: (value: unknown) => string, lang: Lang): string {
  return values.map(one).join(lang === 'zh' ? '、' : ', ')
}

/** `share` is a part of one by our naming rule: people read it as percent. */
export const isShare = (field: Field): boolean => field.kind === 'number' && !field.unit && /(^|_)share$/.test(field.key)

export const twinKey = (field: string): string => `${field}_en`

/** The label that the server sent beside the value wins, codes are for machines; an English twin of a text serves English readers. */
export function valueText(field: Field, value: unknown, row: Values, dict: Dict | null | undefined, lang: Lang): string {
  if (isEmpty(value)) return EMPTY
  const beside = row[labelKey(field.key)] as Text | Text[] | null | undefined
  const label = Array.isArray(beside) ? beside.map((one) => said(one, lang)).join(lang === 'zh' ? '、' : ', ') : said(beside, lang)
  if (label) return label
  const twin = lang === 'en' && field.kind === 'text' ? row[twinKey(field.key)] : ''
  if (twin) return String(twin)
  if (Array.isArray(value)) return listText(value, (one) => plainText(field, one, dict, lang), lang)
  return plainText(field, value, dict, lang)
}

function plainText(field: Field, value: unknown, dict: Dict | null | undefined, lang: Lang): string {
  switch (field.kind) {
    case 'number':
      if (field.plain) return String(Number(value))
      return isShare(field) ? `${percent(Number(value))}%` : numberText(value, field.decimals)
    case 'money':
      return numberText(value, field.decimals ?? 2)
    case 'flag':
      return lang === 'zh' ? (value ? '是' : '否') : value ? 'Yes' : 'No'
    case 'offices':
      return listText(officesIn(value), (one) => choiceText(field, one, dict, lang), lang)
    case 'choice':
    case 'office':
      return choiceText(field, value, dict, lang)
    case 'moment':
      return momentText(value)
    case 'day':
      return String(value).slice(0, 10)
    case 'document':
      return documentText(value, lang, (key) => choiceText(field, key, dict, lang))
    default:
      return typeof value === 'object' ? nameOf(value as Values) : spaced(String(value))
  }
}

const isTold = (value: unknown): value is Label => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

/** A document in words: what it tells in the reader's language, such as why a case went there; else its entries one by one, by name. */
function documentText(value: unknown, lang: Lang, called: (key: string) => string): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  if (isTold(value)) return said(value, lang)
  if (Array.isArray(value)) return value.map((one) => documentText(one, lang, called)).filter(Boolean).join(lang === 'zh' ? '、' : ', ')
  const entries = Object.entries(value)
  const told = entries.filter(([, one]) => isTold(one)).map(([, one]) => documentText(one, lang, called))
  const listed = entries.map(([key, one]) => [called(key), documentText(one, lang, called)]).filter(([, text]) => text)
  const colon = lang === 'zh' ? '：' : ': '
  return (told.length ? told : listed.map((pair) => pair.join(colon))).join(lang === 'zh' ? '；' : '; ')
}

/** Several organisations are written `;housing;civil;` in a record. */
export const officesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(';')).filter(Boolean)

/** Files and references may come as small objects. */
function nameOf(value: Values): string {
  const name = value['name'] ?? value['label'] ?? value['title'] ?? value['id']
  return name === undefined ? JSON.stringify(value) : String(name)
}

export const unitText = (field: Field, lang: Lang): string => said(field.unit, lang)

/** 计划数（台）: the unit stands in the head of a column, so that cells stay bare numbers. */
export function headText(field: Field, lang: Lang): string {
  const label = headed(said(field.label, lang), lang)
  const unit = unitText(field, lang)
  if (!unit || !isNumeric(field)) return label
  return lang === 'zh' ? `${label}（${unit}）` : `${label} (${unit})`
}

export const isNumeric = (field: Field): boolean => field.kind === 'number' || field.kind === 'money'

/** Narrow kinds have a width of their own; text takes what is left. */
const WIDTHS: Record<string, number> = {
  number: 112,
  money: 128,
  flag: 84,
  choice: 146,
  moment: 148,
  day: 116,
  place: 150,
  office: 160,
  offices: 200,
  file: 110,
}
export const widthOf = (field: Field): number | undefined => WIDTHS[field.kind]

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const [value, unit] = bytes < 1_048_576 ? [bytes / 1024, 'KB'] : [bytes / 1_048_576, 'MB']
  return `${number(value, value < 10 ? 1 : 0)} ${unit}`
}

const PERSONAL = new Set(['personal', 'sensitive'])

/** Hidden from this reader: the row says so itself, or its value shows only a shape (张*), or nothing where the kind of data is masked. */
export function isMasked(field: Field, row: Values, masked: readonly string[]): boolean {
  const own = row['__masked']
  if (Array.isArray(own)) return own.includes(field.key)
  if (!masked.includes(field.key) || !PERSONAL.has(field.privacy ?? '')) return false
  const value = row[field.key]
  return isEmpty(value) || (typeof value === 'string' && value.includes('*'))
}
