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

type Form = 'xlsx' | 'csv' | 'geojson' | 'parquet'

/** Sheets for people, then what programs read: points where the records have them. */
const formsOf = (model: Model): Form[] => {
  const points = ['lon', 'lat'].every((key) => model.fields.some((field) => field.key === key))
  return ['xlsx', 'csv', ...(points ? (['geojson'] as const) : []), 'parquet']
}

/** The file holds what the list shows: same conditions, same order, same columns, same permission. */
export function exportUrl(model: Model, query: ListQuery, form: Form): string {
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
            {formsOf(model).map((form) => (
              <li key={form}>
                <a href={exportUrl(model, query, form)} download onClick={close}>
                  {t(form)}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </Pop>
  )
}
