/** Which columns a table of some rows has, and what they are called. */
import { useMemo } from 'react'
import { said, useLang, type Words } from '../shared/i18n'
import { headed } from '../shared/joined'
import type { Envelope, Lang, Panel, Row } from '../shared/spec'

export interface TableColumn {
  key: string
  label: string
  isNumber: boolean
}

/** Names of columns that many sources share. A source may name its own in `dict.columns`. */
const COMMON: Words = {
  code: ['编号', 'Code'],
  key: ['代号', 'Key'],
  name: ['名称', 'Name'],
  title: ['名称', 'Title'],
  number: ['序号', 'No.'],
  value: ['数值', 'Value'],
  unit: ['单位', 'Unit'],
  status: ['状态', 'Status'],
  state: ['状态', 'State'],
  stage: ['阶段', 'Stage'],
  category: ['类别', 'Category'],
  domain: ['领域', 'Domain'],
  group: ['分组', 'Group'],
  period: ['期间', 'Period'],
  place: ['地点', 'Place'],
  place_name: ['地点', 'Place'],
  lead: ['牵头单位', 'Lead unit'],
  delta: ['变化', 'Change'],
  target: ['目标', 'Target'],
  tasks: ['任务', 'Tasks'],
  total: ['合计', 'Total'],
  done: ['已完成', 'Done'],
  on_schedule: ['序时推进', 'On schedule'],
  by_procedure: ['按程序办理', 'By procedure'],
  at_risk: ['有风险', 'At risk'],
  late: ['滞后', 'Late'],
  overdue: ['逾期', 'Overdue'],
  count: ['数量', 'Count'],
  share: ['完成比例', 'Share done'],
  share_done: ['完成比例', 'Share done'],
  share_due: ['应达比例', 'Share due'],
  due_share: ['应达比例', 'Share due'],
  done_value: ['完成数', 'Done'],
  planned_value: ['计划数', 'Planned'],
  planned: ['计划', 'Planned'],
  numerator: ['分子', 'Numerator'],
  denominator: ['分母', 'Denominator'],
  as_of: ['截至', 'As of'],
  at: ['时间', 'Time'],
  time: ['时间', 'Time'],
  day: ['日期', 'Date'],
  reason: ['原因', 'Reason'],
  note: ['说明', 'Note'],
  source: ['来源', 'Source'],
  task: ['任务', 'Task'],
  task_title: ['任务', 'Task'],
  revised: ['修订', 'Revised'],
  caution: ['小样本', 'Small numbers'],
  why: ['原因', 'Why'],
  level: ['等级', 'Level'],
  quality: ['数据质量', 'Quality'],
  better: ['向好方向', 'Better'],
  feeds: ['数据来源场景', 'Fed by'],
  comparator: ['口径', 'Compared by'],
  programme: ['年度', 'Programme'],
  rule: ['规则', 'Rule'],
  subject: ['事项', 'Subject'],
  detail: ['说明', 'Detail'],
  sources: ['来源', 'Sources'],
  figure: ['进展', 'Figure'],
  origin: ['出处', 'Origin'],
}
const HIDDEN = new Set(['id', 'spark', 'lon', 'lat', 'key', 'parent', 'version'])

function labelOf(key: string, panel: Panel, envelope: Envelope, lang: Lang): string {
  const own = envelope.dict?.['columns']?.[key] ?? panel.encode?.series?.find((series) => series.y === key)?.label
  if (own) return headed(said(own, lang), lang)
  const common = COMMON[key]
  return common ? common[lang === 'zh' ? 0 : 1] : headed(key.replaceAll('_', ' '), lang)
}

const isPlain = (row: Row, key: string): boolean => {
  const value = row[key]
  return typeof value !== 'object' || value === null || 'zh' in value
}

function keysOf(panel: Panel, envelope: Envelope): string[] {
  if (panel.encode?.columns?.length) return panel.encode.columns
  const first = envelope.rows[0] ?? {}
  const seen = Object.keys(first).filter((key) => !HIDDEN.has(key) && !key.endsWith('__label') && isPlain(first, key))
  return seen.filter((key) => envelope.rows.some((row) => row[key] !== null && row[key] !== undefined))
}

export function columnsOf(panel: Panel, envelope: Envelope, lang: Lang): TableColumn[] {
  return keysOf(panel, envelope).map((key) => ({
    key,
    label: labelOf(key, panel, envelope, lang),
    isNumber: envelope.rows.some((row) => typeof row[key] === 'number'),
  }))
}

export function useColumns(panel: Panel, envelope: Envelope): TableColumn[] {
  const lang = useLang()
  return useMemo(() => columnsOf(panel, envelope, lang), [panel, envelope, lang])
}
