import { useSaid, useTexts } from '../../shared/i18n'
import { Failed, Skeleton } from '../../shared/States'
import { Cell } from '../list/Cell'
import { recordPath, useHistory } from '../records'
import { isEmpty, labelKey, momentText } from '../values'
import type { Change, Dict, HistoryEntry, Id, Model } from '../wire'
import { historyWords } from './words'

interface HistoryOf {
  model: Model
  id: Id
  dict: Dict | null | undefined
}

interface LineOf {
  change: Change
  model: Model
  dict: HistoryOf['dict']
}

/** A value as the record page would show it; a number of another record is a link to it. */
function Told({ change, value, model, dict }: LineOf & { value: unknown }) {
  const t = useTexts(historyWords)
  const field = model.fields.find((one) => one.key === change.field) ?? { key: change.field, label: change.label, kind: 'text' }
  const pointing = field.kind === 'reference' || field.kind === 'file'
  const row = {
    [field.key]: value,
    ...(pointing && !isEmpty(value) ? { [labelKey(field.key)]: field.kind === 'file' ? t('file') : `#${String(value)}` } : {}),
  }
  return change.masked ? t('masked') : <Cell field={field} row={row} dict={dict} model={model} />
}

/** What was, struck through, and what is; something new has only the latter. */
function ChangeLine(line: LineOf) {
  const t = useTexts(historyWords)
  const said = useSaid()
  const { change } = line
  return (
    <tr>
      <th scope="row">{said(change.label)}</th>
      <td className="was">
        {!isEmpty(change.before) && (
          <>
            <span className="sr-only">{t('before')}</span>
            <Told {...line} value={change.before} />
          </>
        )}
      </td>
      <td className="now">
        {!isEmpty(change.before) && <span aria-hidden="true">→ </span>}
        <span className="sr-only">{t('after')}</span>
        <Told {...line} value={change.after} />
      </td>
    </tr>
  )
}

const says = (change: Change): boolean => Boolean(change.masked) || !isEmpty(change.before) || !isEmpty(change.after)

/** Whoever is not signed in has no name, only the post that everybody has. */
const PUBLIC = 'public'

/** How far the entry is in the log that outsiders can check, with the file that proves it to them. */
function Logged({ entry, path }: { entry: HistoryEntry; path: string }) {
  const t = useTexts(historyWords)
  if (!entry.log) return null
  const { state, index } = entry.log
  return (
    <p className="logged meta">
      {t(state, { index: index ?? '' })}
      {state !== 'waiting' && (
        <>
          <a href={`${path}/history/${entry.id}/proof`} download>
            {t('proof')}
          </a>
          <a href={`${path}/history/${entry.id}/proof.svg`} target="_blank" rel="noreferrer">
            {t('code')}
          </a>
        </>
      )}
    </p>
  )
}

/** What was looked at and what for, and whether the person asked about it. */
function Looked({ look }: { look: NonNullable<HistoryEntry['look']> }) {
  const t = useTexts(historyWords)
  const said = useSaid()
  return (
    <p className="why">
      {t('looked', { fields: look.fields.map((field) => said(field)).join(t('between')), purpose: said(look.purpose) })}
      {look.asked && <b> {t('asked')}</b>}
    </p>
  )
}

function Entry({ entry, model, dict, path }: { entry: HistoryEntry; model: Model; dict: HistoryOf['dict']; path: string }) {
  const t = useTexts(historyWords)
  const said = useSaid()
  const changes = entry.changes.filter(says)
  return (
    <li>
      <p className="deed">
        <b>{entry.who === PUBLIC ? said(entry.post) : entry.who || t('system')}</b>
        {entry.post && entry.who !== PUBLIC && <span className="meta">{said(entry.post)}</span>}
        <span>{said(entry.action_label) || entry.action}</span>
        <time className="num meta" dateTime={entry.at}>
          {momentText(entry.at)}
        </time>
      </p>
      {entry.look ? <Looked look={entry.look} /> : said(entry.why) && <p className="why">{t('why', { why: said(entry.why) })}</p>}
      {entry.erased && <p className="meta">{t('erased')}</p>}
      {changes.length > 0 && (
        <table className="changes">
          <caption className="sr-only">{t('changes')}</caption>
          <tbody>
            {changes.map((change) => (
              <ChangeLine key={change.field} change={change} model={model} dict={dict} />
            ))}
          </tbody>
        </table>
      )}
      <Logged entry={entry} path={path} />
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
  return (
    <ol className="history">
      {history.data.rows.map((entry) => (
        <Entry key={entry.id} entry={entry} model={model} dict={dict} path={recordPath(model.name, id)} />
      ))}
    </ol>
  )
}
