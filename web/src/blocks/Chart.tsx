/** Line, column and stack panels: the option is pure, the canvas comes in its own chunk. */
import { lazy, Suspense, useMemo } from 'react'
import { useSaid } from '../shared/i18n'
import { Skeleton } from '../shared/States'
import { useChartTheme } from './chartTheme'
import { option } from './option'
import type { BlockProps } from './types'

const Canvas = lazy(() => import('./Canvas'))

export function Chart({ panel, envelope, drill }: BlockProps) {
  const theme = useChartTheme()
  const said = useSaid()
  const drawn = useMemo(() => option(panel, envelope, theme), [panel, envelope, theme])
  const pick =
    drill &&
    ((index: number) => {
      const row = envelope.rows[index]
      if (row) drill(row)
    })
  return (
    <Suspense fallback={<Skeleton />}>
      <Canvas option={drawn} label={said(panel.title)} onPick={pick} />
    </Suspense>
  )
}
