import { useParams } from 'react-router'
import { useSaid, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { listPath } from '../paths'
import { useModel } from '../records'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import './imports.css'
import { Wizard } from './Wizard'
import { importWords } from './words'

/** An import, step by step: a file, its columns, what would happen, what happened. */
export default function ImportPage() {
  const { entity = '' } = useParams()
  const t = useTexts(importWords)
  const said = useSaid()
  const model = useModel(entity)
  if (model.isPending)
    return (
      <div className="page">
        <Skeleton lines={6} />
      </div>
    )
  if (model.isError)
    return (
      <div className="page">
        <ProblemPage error={model.error} again={() => void model.refetch()} />
      </div>
    )
  const label = said(model.data.label)
  return (
    <div className="page wizard-page">
      <Crumbs path={[{ label, to: listPath(entity) }, { label: t('title', { label }) }]} />
      <h1>{t('title', { label })}</h1>
      <Wizard model={model.data} />
    </div>
  )
}
