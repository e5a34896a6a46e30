/** What it is about, in plain words: a search, or a group and then one of its topics. */
import { useMemo, useState } from 'react'
import { texts, useLang, useTexts } from '../../shared/i18n'
import { CATEGORIES, KINDS, type CaseKind, type CategoryRow } from '../data/cases'
import { useKept } from '../data/kept'
import { Icon } from '../parts/Icon'
import { Loading } from '../parts/Loading'
import { found, groupsOf, type Group, type Topic } from './categories'
import { change, useReport } from './draft'
import { goStep, Step } from './Step'

const words = texts({
  title: ['是什么事？', 'What is it about?'],
  search: ['用自己的话找，例如：路灯', 'Search in your own words: lamp'],
  none: ['没有找到。换个说法，或从下面选。', 'Nothing found. Try other words, or choose below.'],
  nothing: ['目前没有开放上报的事项。请打 12345。', 'Nothing is open for reports now. Please call 12345.'],
})

export function WhatStep() {
  const t = useTexts(words)
  const kinds = useKept<{ kinds: CaseKind[] }>(KINDS)
  const rows = useKept<{ rows: CategoryRow[] }>(CATEGORIES)
  return (
    <Step title={t('title')}>
      <Loading answer={kinds} lines={1}>
        {(known) => <Loading answer={rows} lines={5}>{(body) => <Topics kinds={known.kinds} rows={body.rows} />}</Loading>}
      </Loading>
    </Step>
  )
}

function Topics({ kinds, rows }: { kinds: CaseKind[]; rows: CategoryRow[] }) {
  const t = useTexts(words)
  const lang = useLang()
  const [asked, setAsked] = useState('')
  const groups = useMemo(() => groupsOf(rows, new Set(kinds.map((kind) => kind.key)), lang), [rows, kinds, lang])
  const hits = asked.trim() ? found(groups, asked.trim()) : null
  if (!groups.length) return <p className="note">{t('nothing')}</p>
  return (
    <>
      <div className="search"><Icon name="search" /><input type="search" value={asked} aria-label={t('search')} placeholder={t('search')} onChange={(event) => setAsked(event.target.value)} /></div>
      {hits && <div role="status">{hits.length ? <TopicList topics={hits} /> : <p className="note">{t('none')}</p>}</div>}
      {!hits?.length && groups.map((group) => <GroupOf key={group.code} group={group} />)}
    </>
  )
}

function GroupOf({ group }: { group: Group }) {
  const chosen = useReport((report) => report.category)
  return (
    <details className="topic-group" open={group.topics.some((topic) => topic.code === chosen)}>
      <summary><b>{group.name}</b><Icon name="down" /></summary>
      <TopicList topics={group.topics} />
    </details>
  )
}

function TopicList({ topics }: { topics: Topic[] }) {
  const chosen = useReport((report) => report.category)
  const take = ({ code, name, kind, danger }: Topic) => {
    change({ category: code, categoryName: name, kind, danger, ...(code === chosen ? {} : { answers: {} }) })
    void goStep('words')
  }
  return (
    <ul className="choices single">
      {topics.map((topic) => (
        <li key={topic.code}>
          <button type="button" className="choice" aria-pressed={topic.code === chosen} onClick={() => take(topic)}><b>{topic.name}</b>{topic.hint && <span>{topic.hint}</span>}</button>
        </li>
      ))}
    </ul>
  )
}
