/** Shows the explanation that the address asks for (`?how=`). Place it once on a page. */
import { lazy, Suspense } from 'react'
import { useHowKey } from './explain'

const HowDialog = lazy(() => import('./HowDialog'))

export function How() {
  const key = useHowKey()
  return key ? (
    <Suspense>
      <HowDialog key={key} indicator={key} />
    </Suspense>
  ) : null
}
