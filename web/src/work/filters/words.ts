/** A condition in a few words, as the chip of a filter shows it. */
import { fill, type Lang } from '../../shared/i18n'
import { daysIn, type Where } from '../list/query'
import { filterWords } from '../list/words'
import { valueText } from '../values'
import type { Dict, Field } from '../wire'

type Names = Record<string, string>

const word = (key: keyof typeof filterWords, lang: Lang, gaps?: Record<string, string>): string =>
  fill(filterWords[key][lang === 'zh' ? 0 : 1], gaps)

function valuesIn(field: Field, where: Where, dict: Dict | null | undefined, names: Names, lang: Lang): string {
  const one = (value: string) => names[value] ?? valueText(field, field.kind === 'flag' ? value === 'true' : value, {}, dict, lang)
  const values = where.op === 'in' ? where.value.split(',') : [where.value]
  return values.map(one).join(lang === 'zh' ? '、' : ', ')
}

function rangeWords(field: Field, where: Where, conditions: Where[], lang: Lang): string {
  if (field.kind === 'moment' || field.kind === 'day') {
    const { from, to } = daysIn(conditions)
    return where.op === 'ge' ? word('after', lang, { value: from }) : word('before', lang, { value: to })
  }
  return word(where.op === 'ge' || where.op === 'gt' ? 'atLeast' : 'atMost', lang, { value: where.value })
}

function oneCondition(field: Field, where: Where, conditions: Where[], dict: Dict | null | undefined, names: Names, lang: Lang): string {
  switch (where.op) {
    case 'missing':
      return word(where.value === 'false' ? 'filled' : 'missing', lang)
    case 'has':
      return word('has', lang, { value: where.value })
    case 'within':
      return names[where.value] ?? where.value
    case 'at':
      return word('at', lang, { place: names[where.value] ?? where.value })
    case 'ne':
      return word('not', lang, { value: valuesIn(field, where, dict, names, lang) })
    case 'eq':
    case 'in':
      return valuesIn(field, where, dict, names, lang)
    default:
      return rangeWords(field, where, conditions, lang)
  }
}

/** `names` gives labels of codes that neither model nor dictionary knows: places and records. */
export function conditionWords(field: Field, conditions: Where[], dict: Dict | null | undefined, names: Names, lang: Lang): string {
  return conditions.map((where) => oneCondition(field, where, conditions, dict, names, lang)).join(lang === 'zh' ? '，' : ', ')
}
