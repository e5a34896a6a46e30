/** Our own words for what is wrong with a field, in the reader's language. */
import type { RJSFSchema } from '@rjsf/utils'

export type Lang = 'zh' | 'en'
type Words = (schema: RJSFSchema | undefined) => [zh: string, en: string]

const formats: Record<string, [string, string]> = {
  date: ['请填写日期，例如 2025-11-20', 'Enter a date, for example 2025-11-20'],
  'date-time': ['请填写日期和时间', 'Enter a date and a time'],
  email: ['邮箱格式不对', 'This is not an e-mail address'],
  uri: ['网址格式不对', 'This is not a web address'],
}

const words: Record<string, Words> = {
  required: () => ['请填写', 'Fill this in'],
  minLength: (s) =>
    s?.minLength === 1 ? ['请填写', 'Fill this in'] : [`至少 ${s?.minLength} 个字`, `At least ${s?.minLength} characters`],
  maxLength: (s) => [`最多 ${s?.maxLength} 个字`, `At most ${s?.maxLength} characters`],
  pattern: () => ['格式不对，请检查', 'The format is not right'],
  format: (s) => formats[s?.format ?? ''] ?? ['格式不对，请检查', 'The format is not right'],
  enum: () => ['请从列表中选择', 'Choose from the list'],
  type: (s) => typeWords(s),
  minimum: (s) => [`不能小于 ${s?.minimum}`, `Not less than ${s?.minimum}`],
  maximum: (s) => [`不能大于 ${s?.maximum}`, `Not more than ${s?.maximum}`],
  exclusiveMinimum: (s) => [`必须大于 ${s?.exclusiveMinimum}`, `More than ${s?.exclusiveMinimum}`],
  exclusiveMaximum: (s) => [`必须小于 ${s?.exclusiveMaximum}`, `Less than ${s?.exclusiveMaximum}`],
  multipleOf: (s) => [`须为 ${s?.multipleOf} 的整数倍`, `In steps of ${s?.multipleOf}`],
  minItems: (s) => [`至少 ${s?.minItems} 项`, `At least ${s?.minItems}`],
  maxItems: (s) => [`最多 ${s?.maxItems} 项`, `At most ${s?.maxItems}`],
  uniqueItems: () => ['有重复的项', 'Some items repeat'],
  additionalProperties: () => ['不认识的字段', 'Unknown field'],
}
words.const = words.oneOf = words.anyOf = words.enum!

function typeWords(schema: RJSFSchema | undefined): [string, string] {
  if (schema?.type === 'integer') return ['请填写整数', 'Enter a whole number']
  if (schema?.type === 'number') return ['请填写数字', 'Enter a number']
  return ['内容类型不对', 'The wrong kind of value']
}

/** The field's own message (`x-hexi-error`) first, then the keyword's, then the validator's raw English. */
export function messageFor(keyword: string, schema: RJSFSchema | undefined, lang: Lang, raw: string): string {
  const own = (schema as Record<string, unknown> | undefined)?.['x-hexi-error'] as { zh: string; en: string } | undefined
  if (own && keyword !== 'required') return own[lang]
  const pair = words[keyword]?.(schema)
  return pair ? pair[lang === 'zh' ? 0 : 1] : raw
}
