/** What the reader looks for: words typed or spoken, a kind, open now, how many minutes, at whose pace. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { useLook } from '../../shared/theme'
import { MOST_MINUTES, type Around } from '../data/nearby'
import { Dictate } from '../parts/Dictate'
import { Icon } from '../parts/Icon'
import { meantFor, meantOf, present, type Wish } from './finding'
import { setWalker } from './walker'

const words = texts({
  search: ['找什么？', 'What for?'], hint: ['理发、买菜、药店…', 'haircut, pharmacy…'],
  kind: ['按种类', 'By kind'], all: ['全部', 'All'], any: ['所有种类', 'Any kind'],
  open: ['现在开着', 'Open now'],
  minutes: ['步行时间', 'Minutes on foot'], within: ['{n} 分钟内', 'within {n} min'],
  pace: ['按谁的步速', 'At whose pace'],
})
const MINUTES = [5, 10, MOST_MINUTES]

interface Props { around: Around; wish: Wish; onWish: (wish: Wish) => void }

export function Finder({ around, wish, onWish }: Props) {
  const t = useTexts(words)
  const said = useSaid()
  const change = (part: Partial<Wish>) => onWish({ ...wish, ...part })
  // Whoever looks for a child sees first what a child needs; with the pace of others that choice goes.
  const pace = (walker: string) => {
    const isMeant = around.meant.some((one) => one.walker === walker)
    if (isMeant || wish.kind === meantFor(around.walker)) change({ kind: isMeant ? meantFor(walker) : '' })
    setWalker(walker)
  }
  return (
    <>
      <div className="finder">
        <search className="search">
          <Icon name="search" />
          <input type="search" value={wish.words} aria-label={t('search')} placeholder={t('hint')} onChange={(event) => change({ words: event.target.value, kind: '' })} />
        </search>
        <Dictate bare onWords={(heard) => change({ words: heard.replace(/[。.！!？?]$/, ''), kind: '' })} />
      </div>
      <div className="filters">
        <Kinds around={around} kind={wish.kind} onKind={(kind) => change({ kind })} />
        <div className="nearby-choices">
          <button type="button" className="button toggle" aria-pressed={wish.openNow} onClick={() => change({ openNow: !wish.openNow })}>
            {wish.openNow && <Icon name="check" />}{t('open')}
          </button>
          <select className="select" aria-label={t('minutes')} value={wish.minutes} onChange={(event) => change({ minutes: Number(event.target.value) })}>
            {MINUTES.map((n) => <option key={n} value={n}>{t('within', { n })}</option>)}
          </select>
          <select className="select" aria-label={t('pace')} value={around.walker} onChange={(event) => pace(event.target.value)}>
            {around.walkers.map(({ key, label }) => <option key={key} value={key}>{said(label)}</option>)}
          </select>
        </div>
      </div>
    </>
  )
}

function Kinds({ around, kind, onKind }: { around: Around; kind: string; onKind: (kind: string) => void }) {
  const t = useTexts(words)
  const said = useSaid()
  const elder = useLook((look) => look.elder) !== null
  const kinds = present(around)
  const meant = meantOf(around)
  if (elder) {
    return (
      <select className="select" aria-label={t('kind')} value={kind} onChange={(event) => onKind(event.target.value)}>
        <option value="">{t('any')}</option>
        {meant && <option value={meantFor(meant.walker)}>{said(meant.label)}</option>}
        {around.groups.map((group) => (
          <optgroup key={group.key} label={said(group.label)}>
            {kinds.filter((one) => one.group === group.key).map((one) => <option key={one.key} value={one.key}>{said(one.label)}</option>)}
          </optgroup>
        ))}
      </select>
    )
  }
  return (
    <div className="chips" role="group" aria-label={t('kind')} tabIndex={0}>
      <button type="button" aria-pressed={!kind} onClick={() => onKind('')}>{t('all')}</button>
      {meant && <button type="button" aria-pressed={kind === meantFor(meant.walker)} onClick={() => onKind(meantFor(meant.walker))}>{said(meant.label)}</button>}
      {kinds.map((one) => <button type="button" key={one.key} aria-pressed={kind === one.key} onClick={() => onKind(one.key)}>{said(one.label)} <span className="num">{one.count}</span></button>)}
    </div>
  )
}
