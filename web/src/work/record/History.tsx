import { useLang, useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { useHistory } from '../records'
import { momentText, valueText } from '../values'
import type { Change, Dict, HistoryEntry, Id, Model } from '../wire'
import { historyWords } from './words'

interface HistoryOf { model: Model; id: Id; dict: Dict | null | undefined }

function ChangeLine({ change, model, dict }: { change: Change; model: Model; dict: HistoryOf['dict'] }) {
  const t = useTexts(historyWords)
  const said = useSaid()
  const lang = useLang()
  const field = model.fields.find((one) => one.key === change.field) ?? { key: change.field, label: change.label, kind: 'text' }
  const text = (value: unknown) => (change.masked ? t('masked') : valueText(field, value, {}, dict, lang))
  return (
    <tr>
      <th scope="row">{said(change.label)}</th>
      <td className="was"><span className="sr-only">{t('before')}</span>{text(change.before)}</td>
      <td className="now"><span aria-hidden="true">→ </span><span className="sr-only">{t('after')}</span>{text(change.after)}</td>
    </tr>
  )
}

function Entry({ entry, model, dict }: { entry: HistoryEntry; model: Model; dict: HistoryOf['dict'] }) {
  const t = useTexts(historyWords)
  const said = useSaid()
  return (
    <li>
      <p className="deed">
        <b>{entry.who || t('system')}</b>
        {entry.post && <span className="meta">{said(entry.post)}</span>}
        <span>{said(entry.action_label) || entry.action}</span>
        <time className="num meta" dateTime={entry.at}>{momentText(entry.at)}</time>
      </p>
      {entry.why && <p className="why">{t('why', { why: entry.why })}</p>}
      {entry.changes.length > 0 && <table className="changes"><caption className="sr-only">{t('changes')}</caption><tbody>{entry.changes.map((change) => <ChangeLine key={change.field} change={change} model={model} dict={dict} />)}</tbody></table>}
    </li>
  )
}

/** Who did what, when and why, and what it was before: newest first, nothing left out. */
export function History({ model, id, dict }: HistoryOf) {
  const t = useTexts(historyWords)
  const history = useHistory(model.name, id)
  if (history.isPending) return <Skeleton lines={5} />
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />
  if (!history.data.rows.length) return <p className="nothing">{t('none')}</p>
  return <ol className="history">{history.data.rows.map((entry) => <Entry key={entry.id} entry={entry} model={model} dict={dict} />)}</ol>
}
