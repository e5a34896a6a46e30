import { urlOf } from '../../shared/api'
import { useTexts } from '../../shared/i18n'
import { Pop } from '../parts/Pop'
import { queryOf, recordPath } from '../records'
import type { Model } from '../wire'
import { shownColumns } from './columns'
import { toRequest, type ListQuery } from './query'
import { listWords } from './words'

interface ExportOf {
  model: Model
  query: ListQuery
  counted: string
}

/** The file holds what the list shows: same conditions, same order, same columns, same permission. */
export function exportUrl(model: Model, query: ListQuery, form: 'csv' | 'xlsx'): string {
  const params = { ...queryOf(toRequest({ ...query, after: '' })), columns: shownColumns(model, query.columns).join(',') }
  return urlOf(`${recordPath(model.name)}/export.${form}`, params)
}

export function Export({ model, query, counted }: ExportOf) {
  const t = useTexts(listWords)
  return (
    <Pop label={t('export')} name={t('export')}>
      {(close) => (
        <>
          <p className="meta">{t('exportHelp', { count: counted })}</p>
          <ul className="pop-list">
            <li>
              <a href={exportUrl(model, query, 'xlsx')} download onClick={close}>
                {t('exportXlsx')}
              </a>
            </li>
            <li>
              <a href={exportUrl(model, query, 'csv')} download onClick={close}>
                {t('exportCsv')}
              </a>
            </li>
          </ul>
        </>
      )}
    </Pop>
  )
}
