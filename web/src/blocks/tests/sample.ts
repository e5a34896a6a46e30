/** A theme with colours that can be told apart in a snapshot, and a short way to write panels. */
import type { Encode, Envelope, Panel, Row } from '../../shared/spec'
import type { ChartTheme } from '../chartTheme'

export const THEME: ChartTheme = {
  scale: 1,
  lang: 'zh',
  font: 'Num',
  strong: 'strong',
  label: 'label',
  quiet: 'quiet',
  line: 'line',
  edge: 'edge',
  surface: 'surface',
  inset: 'inset',
  accent: 'accent',
  series: ['one', 'two', 'three', 'four'],
  rest: 'rest',
  status: { ok: 'ok', watch: 'watch', breach: 'breach', stale: 'stale', awaiting: 'awaiting', absent: 'awaiting', none: 'none' },
}

export const panelOf = (kind: string, encode: Encode, more: Partial<Panel> = {}): Panel => ({
  id: 'p',
  kind,
  title: { zh: '标题', en: 'Title' },
  area: 'left',
  data: { source: 's' },
  encode,
  ...more,
})

export const envelopeOf = (rows: Row[], dict: Envelope['dict'] = null): Envelope => ({
  rows,
  as_of: '2025-11-20T08:00:00Z',
  quality: 'live',
  origin: { zh: '来源', en: 'Origin' },
  dict,
})
