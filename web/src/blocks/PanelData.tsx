/** The rows behind a panel as a table: for those who cannot see the chart, and for those who want the figures. */
import { texts, useSaid, useTexts } from '../shared/i18n'
import type { Envelope, Panel } from '../shared/spec'
import { Empty, Origin } from '../shared/States'
import { Dialog } from './Dialog'
import { Markdown } from './TextBlock'
import { Table } from './Table'
import type { Drilling } from './drill'

const words = texts({
  title: ['{name}：数据', '{name}: data'],
  definition: ['口径', 'Definition'],
  rows: ['共 {n} 行', '{n} rows'],
})

interface Props extends Drilling {
  panel: Panel
  envelope: Envelope
  onClose: () => void
}

export function PanelData({ panel, envelope, drill, picked, onClose }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const plain: Panel = panel.encode?.columns ? panel : { ...panel, encode: { ...panel.encode, columns: null } }
  return (
    <Dialog title={t('title', { name: said(panel.title) })} onClose={onClose}>
      {panel.help && (
        <>
          <h3>{t('definition')}</h3>
          <Markdown text={said(panel.help)} />
        </>
      )}
      {envelope.note && <Markdown text={said(envelope.note)} />}
      <p className="dialog-meta">
        {t('rows', { n: envelope.rows.length })}　<Origin origin={envelope.origin} at={envelope.as_of} />
      </p>
      {envelope.rows.length ? <Table panel={plain} envelope={envelope} drill={drill} picked={picked} /> : <Empty />}
    </Dialog>
  )
}
