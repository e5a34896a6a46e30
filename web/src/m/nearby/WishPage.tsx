/** Asking for what is missing near a place: it becomes a wish that neighbours can support, and the office answers it. */
import { texts, useSaid, useTexts } from '../../shared/i18n'
import { joined } from '../../shared/joined'
import '../style/cases.css'
import '../style/nearby.css'
import { Loading } from '../parts/Loading'
import { back } from '../routes'
import { AskForm } from './AskForm'
import { laneOf } from './sending'
import { useAround } from './useAround'

const words = texts({
  why: ['选一种您家附近缺的。同一社区的邻居可以一起支持；街道和商务部门会看到有多少人需要，并在这里答复。', 'Choose what is missing near your home. Neighbours can support it; the district sees how many ask, and answers here.'],
  in: ['社区：{name}', 'Community: {name}'], outside: ['这个位置不在区内的社区里，请先换一个地方。', 'This point lies in no community of the district: choose another place first.'],
  first: ['请先在上一页选好位置。', 'Choose a place on the page before first.'],
})

export function WishPage({ of }: { of: string }) {
  const t = useTexts(words)
  const said = useSaid()
  const { from, answer } = useAround(of)
  if (!from) return <p className="note">{t('first')}</p>
  return (
    <Loading answer={answer}>
      {({ key, asks, place, kinds }) => {
        if (!place || !asks.wish) return <p className="note" role="alert">{t('outside')}</p>
        const nameOf = (answers: Record<string, unknown>) => joined('colon', [said(asks.wish?.label), said(kinds.find((kind) => kind.key === answers['kind'])?.label)])
        return (
          <>
            <section className="card"><p>{t('why')}</p><p className="hint">{t('in', { name: said(place.name) })}</p></section>
            <AskForm ask={asks.wish} known={{ place: place.code }} subject={nameOf} lane={laneOf('wish', key)} onSent={() => back({ page: 'nearby', of })} />
          </>
        )
      }}
    </Loading>
  )
}
