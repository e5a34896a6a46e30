import { useParams } from 'react-router'
import { useSaid } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { Crumbs } from '../shell/Crumbs'
import { ProblemPage } from '../shell/Problems'
import { Board } from './Board'
import { usePage } from './pages'

export default function BoardPage() {
  const { page: id } = useParams()
  const said = useSaid()
  const page = usePage(id)
  if (page.isPending)
    return (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    )
  if (page.isError)
    return (
      <div className="page">
        <ProblemPage error={page.error} again={() => void page.refetch()} />
      </div>
    )
  return (
    <div className="page">
      <Crumbs path={[{ label: said(page.data.title) }]} />
      <Board key={id} page={page.data} />
    </div>
  )
}
