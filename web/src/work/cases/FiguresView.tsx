/** When the cases of these filters come in, where they stand, and how long they took: the blocks of the screen, on the desk. */
import { Heat } from '../../blocks/Heat'
import { Pipeline } from '../../blocks/Pipeline'
import '../../blocks/blocks.css'
import { number, percent, span } from '../../shared/format'
import { useTexts } from '../../shared/i18n'
import type { Envelope, Panel, Row } from '../../shared/spec'
import { Failed, Skeleton } from '../../shared/States'
import { useFigures, type Figures } from './api'
import { kindOn, withKind } from './desk'
import type { Dict } from '../wire'
import type { ViewOf } from './views'
import { deskCaseWords } from './words'
import { useLabel } from '../labels'

const envelope = (rows: object[], dict: Dict = {}): Envelope =>
  ({ rows: rows as Row[], as_of: '', quality: 'live', origin: '', dict }) as unknown as Envelope
const panel = (encode: object): Panel => ({ id: 'figures', kind: 'heat', title: '', area: 'main', encode }) as unknown as Panel
const HEAT = panel({ x: 'hour', y: 'weekday', value: 'count' })
const STOCK = panel({ stage: 'label', value: 'count', overdue: 'overdue' })
const never = () => false

function Closing({ closing }: { closing: Figures['closing'] }) {
  const t = useTexts(deskCaseWords)
  const said = useLabel()
  const most = Math.max(1, ...closing.spans.map((one) => one.count))
  if (!closing.count) return <p className="meta">{t('closingNone')}</p>
  const share = `${percent(closing.in_time / closing.count)}%`
  return (
    <>
      <p>{t('closingSaid', { count: number(closing.count, 0), mean: span(closing.mean_h ?? 0), share })}</p>
      <ul className="closing">
        {closing.spans.map((one) => (
          <li key={one.span}>
            <span>{said(one.label)}</span>
            <i aria-hidden="true">
              <b style={{ inlineSize: `${(one.count / most) * 100}%` }} />
            </i>
            <span className="num">{number(one.count, 0)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

export default function FiguresView({ model, desk }: ViewOf) {
  const t = useTexts(deskCaseWords)
  const figures = useFigures(withKind(desk.query, kindOn(model, desk.query)))
  if (figures.isPending) return <Skeleton lines={8} />
  if (figures.isError) return <Failed error={figures.error} again={() => void figures.refetch()} />
  const { hours, stock, closing, dict } = figures.data
  if (!stock.some((one) => one.count)) return <p className="nothing">{t('noneFound')}</p>
  return (
    <div className="case-figures" aria-busy={figures.isFetching}>
      <section className="card" aria-label={t('stock')}>
        <h2>{t('stock')}</h2>
        <div className="figure-block">
          <Pipeline panel={STOCK} envelope={envelope(stock.filter((one) => !one.final))} picked={never} />
        </div>
      </section>
      <section className="card" aria-label={t('closing')}>
        <h2>{t('closing')}</h2>
        <Closing closing={closing} />
      </section>
      <section className="card wide" aria-label={t('hours')}>
        <h2>{t('hours')}</h2>
        <div className="figure-block scroll-x" tabIndex={0} role="region" aria-label={t('hours')}>
          <Heat panel={HEAT} envelope={envelope(hours, dict)} picked={never} />
        </div>
      </section>
    </div>
  )
}
