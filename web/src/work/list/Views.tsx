import { DeleteOutlined } from '@ant-design/icons'
import { Button, Checkbox, Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Link } from 'react-router'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { tell } from '../parts/notice'
import { Pop } from '../parts/Pop'
import { listAddress } from '../paths'
import { useViews } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { SavedView } from '../wire'
import { fromView, sameView, toView, type ListQuery } from './query'
import { listWords } from './words'

interface ViewsOf {
  entity: string
  query: ListQuery
}

function useChanges(entity: string) {
  const queries = useQueryClient()
  const done = async (change: Promise<unknown>, said: string): Promise<void> => {
    try {
      await change
      tell('done', said)
      await queries.invalidateQueries({ queryKey: ['views', entity] })
    } catch (error) {
      tell('failed', sentenceOf(error))
    }
  }
  return done
}

function ViewLine({ entity, view, current, onOpen }: { entity: string; view: SavedView; current: boolean; onOpen: () => void }) {
  const t = useTexts(listWords)
  const change = useChanges(entity)
  const remove = () => void change(api.delete(`/api/views/${entity}/${view.id}`), t('viewDeleted'))
  return (
    <li>
      <Link to={listAddress(entity, fromView(view.query))} aria-current={current ? 'true' : undefined} onClick={onOpen}>
        {view.name}
      </Link>
      {view.mine && (
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('viewDelete', { name: view.name })} onClick={remove} />
      )}
    </li>
  )
}

function ViewLines({ entity, query, title, views, onOpen }: ViewsOf & { title: string; views: SavedView[]; onOpen: () => void }) {
  if (!views.length) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="pop-list">
        {views.map((view) => (
          <ViewLine key={view.id} entity={entity} view={view} current={sameView(query, fromView(view.query))} onOpen={onOpen} />
        ))}
      </ul>
    </>
  )
}

function SaveView({ entity, query, onSaved }: ViewsOf & { onSaved: () => void }) {
  const t = useTexts(listWords)
  const word = useTexts(deskWords)
  const change = useChanges(entity)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!name.trim()) return
    await change(api.post(`/api/views/${entity}`, { name: name.trim(), shared, query: toView(query) }), t('viewSaved'))
    onSaved()
  }
  return (
    <form className="view-save" onSubmit={(event) => void save(event)}>
      <label className="view-name">
        <span>{t('viewSave')}</span>
        <Input value={name} placeholder={t('viewName')} maxLength={60} required onChange={(event) => setName(event.target.value)} />
      </label>
      <Checkbox checked={shared} onChange={(event) => setShared(event.target.checked)}>
        {t('viewShare')}
      </Checkbox>
      <Button htmlType="submit" type="primary" size="small">
        {word('save')}
      </Button>
    </form>
  )
}

/** Saved questions of the reader, and those that colleagues share. */
export function Views({ entity, query }: ViewsOf) {
  const t = useTexts(listWords)
  const views = useViews(entity).data ?? []
  const current = views.find((view) => sameView(query, fromView(view.query)))
  return (
    <Pop label={current?.name ?? t('views')} name={t('views')} wide active={Boolean(current)}>
      {(close) => (
        <>
          {!views.length && <p className="meta">{t('viewsNone')}</p>}
          <ViewLines entity={entity} query={query} title={t('viewsMine')} views={views.filter((view) => view.mine)} onOpen={close} />
          <ViewLines entity={entity} query={query} title={t('viewsShared')} views={views.filter((view) => !view.mine)} onOpen={close} />
          <SaveView entity={entity} query={query} onSaved={close} />
        </>
      )}
    </Pop>
  )
}
