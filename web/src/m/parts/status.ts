/** The words for where a project stands, as the district's report uses them, and the mark that goes with each. */
import { texts } from '../../shared/i18n'

export const STATUS_WORDS = texts({
  done: ['已完成', 'Done'],
  on_schedule: ['按时序推进', 'On schedule'],
  by_procedure: ['按规定程序办理', 'By procedure'],
  under_way: ['正在实施', 'Under way'],
  at_risk: ['有风险', 'At risk'],
  late: ['滞后', 'Late'],
  unknown: ['来源未载明', 'Not stated'],
})
export type ProjectStatus = keyof typeof STATUS_WORDS
export const STATUSES = Object.keys(STATUS_WORDS) as ProjectStatus[]

export const CATEGORY_WORDS = texts({
  works: ['工程类', 'Works'],
  subsidy: ['补贴保险救助类', 'Subsidies and aid'],
  service: ['公共服务类', 'Public services'],
})
export type Category = keyof typeof CATEGORY_WORDS
export const CATEGORIES = Object.keys(CATEGORY_WORDS) as Category[]

export const isProjectStatus = (code: string): code is ProjectStatus => code in STATUS_WORDS
export const isCategory = (code: string): code is Category => code in CATEGORY_WORDS

/** What a status means to the eye: only exceptions get a warning colour. */
export const TONES: Record<ProjectStatus, 'done' | 'going' | 'plain' | 'watch' | 'breach'> = {
  done: 'done', on_schedule: 'going', under_way: 'going', by_procedure: 'plain', unknown: 'plain', at_risk: 'watch', late: 'breach',
}

/** Shapes differ as well as colours: tick, half circle, bar, triangle, diamond, on a 16-unit square. */
export const SHAPES: Record<(typeof TONES)[ProjectStatus], string> = {
  done: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4.300 8.300l1.200-1.200 1.800 1.800 3.700-3.900 1.200 1.200-4.900 5.200z',
  going: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 2.200v9.600a4.800 4.800 0 0 1 0-9.600z',
  plain: 'M2 6h12v4H2z',
  watch: 'M8 1.500l7 12.500H1z',
  breach: 'M8 .8L15.200 8 8 15.200.8 8z',
}
