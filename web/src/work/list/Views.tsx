import { DeleteOutlined } from '@ant-design/icons'
import { App, Button, Checkbox, Form, Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { Pop } from '../parts/Pop'
import { listAddress } from '../paths'
import { useViews } from '../records'
import { sentenceOf } from '../shell/Problems'
import { deskWords } from '../words'
import type { SavedView } from '../wire'
import { fromView, sameView, toView, type ListQuery } from './query'
import { listWords } from './words'

interface ViewsOf { entity: string; query: ListQuery }

function useChanges(entity: string) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  const done = async (change: Promise<unknown>, said: string): Promise<void> => {
    try {
      await change
      void message.success(said)
      await queries.invalidateQueries({ queryKey: ['views', entity] })
    } catch (error) {
      void message.error(sentenceOf(error))
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
      <Link to={listAddress(entity, fromView(view.query))} aria-current={current ? 'true' : undefined} onClick={onOpen}>{view.name}</Link>
      {view.mine && <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t('viewDelete', { name: view.name })} onClick={remove} />}
    </li>
  )
}

function ViewLines({ entity, query, title, views, onOpen }: ViewsOf & { title: string; views: SavedView[]; onOpen: () => void }) {
  if (!views.length) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="pop-list">{views.map((view) => <ViewLine key={view.id} entity={entity} view={view} current={sameView(query, fromView(view.query))} onOpen={onOpen} />)}</ul>
    </>
  )
}

interface NewView { name: string; shared?: boolean }

function SaveView({ entity, query, onSaved }: ViewsOf & { onSaved: () => void }) {
  const t = useTexts(listWords)
  const word = useTexts(deskWords)
  const change = useChanges(entity)
  const save = async ({ name, shared }: NewView) => {
    await change(api.post(`/api/views/${entity}`, { name, shared: Boolean(shared), query: toView(query) }), t('viewSaved'))
    onSaved()
  }
  return (
    <Form layout="vertical" className="view-save" requiredMark={false} onFinish={(values: NewView) => void save(values)}>
      <Form.Item name="name" label={t('viewSave')} rules={[{ required: true, max: 60, message: t('viewName') }]}><Input placeholder={t('viewName')} maxLength={60} /></Form.Item>
      <Form.Item name="shared" valuePropName="checked"><Checkbox>{t('viewShare')}</Checkbox></Form.Item>
      <Button htmlType="submit" type="primary" size="small">{word('save')}</Button>
    </Form>
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
