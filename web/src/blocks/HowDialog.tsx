/** How one figure came about: sentence, query, parts, definition, source, revisions, and the way to the rows behind it. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../shared/api'
import { asOf, byFormat, date, period, time } from '../shared/format'
import { texts, useLang, useSaid, useTexts } from '../shared/i18n'
import { recordsHref } from '../shared/links'
import { useScope } from '../shared/scope'
import type { HowDoc, Panel as Spec, Text } from '../shared/spec'
import { Empty, Failed, Skeleton } from '../shared/States'
import { Dialog } from './Dialog'
import { closeHow } from './explain'
import { Panel } from './Panel'
import { word } from './rows'
import './how.css'

const words = texts({
  title: ['怎么算的', 'How was this computed'],
  titleOf: ['{name}：怎么算的', 'How was this computed: {name}'],
  period: ['期间', 'Period'],
  asOf: ['截至', 'As of'],
  version: ['口径版本', 'Definition version'],
  source: ['来源', 'Source'],
  owner: ['责任单位', 'Owner'],
  exclusions: ['不计入', 'Left out'],
  quote: ['来源原文', 'In the words of the source'],
  basis: ['依据', 'Basis'],
  definition: ['口径', 'Definition'],
  sentence: ['计算方法', 'Method'],
  query: ['查询语句', 'Query'],
  numerator: ['分子', 'Numerator'],
  denominator: ['分母', 'Denominator'],
  rows: ['查看背后的记录', 'See the records behind it'],
  revisions: ['历次数值', 'Values and revisions'],
  none: ['还没有数值', 'No value yet'],
})

const trendOf = (key: string): Spec => ({
  id: 'how_trend',
  kind: 'line',
  area: 'main',
  format: '0.0',
  title: { zh: '走势', en: 'Trend' },
  data: { source: 'indicators.trend', params: { key, place: '$scope.place' } },
  encode: { x: 'period', y: 'value' },
})
const areasOf = (key: string): Spec => ({
  id: 'how_areas',
  kind: 'bar',
  area: 'main',
  format: '0.0',
  title: { zh: '分区', en: 'By area' },
  data: { source: 'indicators.areas', params: { key, place: '$scope.place' } },
  encode: { x: 'value', y: 'name', sort: '-value', status: 'status' },
  drill: { scope: { place: '$row.code' } },
})

function recordsLink({ entity, set, within, where }: NonNullable<HowDoc['records']>): string {
  return recordsHref(entity, { set, where: [...(where ?? []), ...(within ? [`place:within:${within}`] : [])] })
}

function Value({ doc }: { doc: HowDoc }) {
  const t = useTexts(words)
  const said = useSaid()
  const parts = doc.numerator === null || doc.numerator === undefined ? null : [doc.numerator, doc.denominator]
  return (
    <p className="how-value">
      <b className="num">{byFormat(doc.value)}</b> <span>{said(doc.unit)}</span>
      {parts && (
        <span className="how-parts">
          {t('numerator')} <span className="num">{byFormat(parts[0])}</span>
          {parts[1] !== null && parts[1] !== undefined && (
            <>
              {' '}
              / {t('denominator')} <span className="num">{byFormat(parts[1])}</span>
            </>
          )}
        </span>
      )}
    </p>
  )
}

function Facts({ doc }: { doc: HowDoc }) {
  const t = useTexts(words)
  const said = useSaid()
  const lang = useLang()
  const facts: [string, string][] = [
    [t('period'), doc.period ? period(doc.period, lang) : ''],
    [t('asOf'), doc.as_of ? `${date(doc.as_of, lang)} ${time(doc.as_of)}` : ''],
    [t('owner'), said(doc.owner)],
    [t('version'), String(doc.version ?? '')],
    [t('source'), said(doc.origin) || said(doc.source_note)],
  ]
  return (
    <dl className="how-facts">
      {facts
        .filter(([, text]) => text)
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  )
}

function Query({ doc }: { doc: HowDoc }) {
  const t = useTexts(words)
  if (!doc.sql) return null
  const params = Array.isArray(doc.params) ? doc.params.length > 0 : Boolean(doc.params) && Object.keys(doc.params as object).length > 0
  return (
    <details className="how-query">
      <summary>{t('query')}</summary>
      <pre tabIndex={0}>
        <code>
          {doc.sql}
          {params ? `\n\n-- ${JSON.stringify(doc.params)}` : ''}
        </code>
      </pre>
    </details>
  )
}

function Revisions({ doc }: { doc: HowDoc }) {
  const t = useTexts(words)
  const lang = useLang()
  if (doc.revisions.length === 0) return <p className="dialog-meta">{t('none')}</p>
  return (
    <ul className="how-revisions">
      {doc.revisions.map((row, index) => (
        <li key={index} data-current={row['current'] === false ? undefined : ''}>
          {period(String(row['period'] ?? ''), lang)}　<b className="num">{word({}, row, 'value', lang)}</b>　
          <span>{asOf(row['as_of'] as string | null)}</span>
        </li>
      ))}
    </ul>
  )
}

function Said({ name, text }: { name: string; text: Text | null | undefined }) {
  const said = useSaid()(text).trim()
  return said ? (
    <div className="how-said">
      <h3>{name}</h3>
      <p>{said}</p>
    </div>
  ) : null
}

function Explained({ doc, indicator }: { doc: HowDoc; indicator: string }) {
  const t = useTexts(words)
  return (
    <>
      <Value doc={doc} />
      <Facts doc={doc} />
      <Said name={t('definition')} text={doc.definition} />
      <Said name={t('numerator')} text={doc.numerator_words} />
      <Said name={t('denominator')} text={doc.denominator_words} />
      <Said name={t('exclusions')} text={doc.exclusions} />
      <Said name={t('sentence')} text={doc.sentence} />
      <Said name={t('quote')} text={doc.source_sentence} />
      <Said name={t('basis')} text={doc.basis} />
      <Query doc={doc} />
      {doc.records && (
        <p>
          <a className="link" href={recordsLink(doc.records)}>
            {t('rows')}
          </a>
        </p>
      )}
      <div className="how-charts">
        <Panel panel={trendOf(indicator)} />
        <Panel panel={areasOf(indicator)} />
      </div>
      <h3>{t('revisions')}</h3>
      <Revisions doc={doc} />
    </>
  )
}

export default function HowDialog({ indicator }: { indicator: string }) {
  const t = useTexts(words)
  const said = useSaid()
  const { place, period: asked } = useScope()
  const query = useQuery({
    queryKey: ['how', indicator, place, asked],
    queryFn: ({ signal }) => api.get<HowDoc>(`/api/indicators/${indicator}/how`, { place, period: asked }, signal),
  })
  const { data: doc, error } = query
  return (
    <Dialog title={doc ? t('titleOf', { name: said(doc.label) }) : t('title')} onClose={closeHow}>
      {error ? (
        <Failed error={error} again={() => void query.refetch()} />
      ) : doc ? (
        <Explained doc={doc} indicator={indicator} />
      ) : query.isPending ? (
        <Skeleton lines={4} />
      ) : (
        <Empty />
      )}
    </Dialog>
  )
}
