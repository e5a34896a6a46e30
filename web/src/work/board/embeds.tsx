/** Components of the desk that a page may call by name; each is fetched when its page is opened. */
import { lazy, Suspense } from 'react'
import { registerEmbed } from '../../blocks/Embed'
import { Skeleton } from '../../shared/States'

const WhatIf = lazy(() => import('../circle/WhatIf'))

registerEmbed('whatif', () => (
  <Suspense fallback={<Skeleton lines={8} />}>
    <WhatIf />
  </Suspense>
))
