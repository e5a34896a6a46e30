/** One ECharts canvas that follows its option and its box. */
import type { EChartsOption } from 'echarts'
import { useEffect, useRef } from 'react'
import { isStill } from '../shared/motion'
import { init } from './echarts'

type Drawn = ReturnType<typeof init>

interface Props {
  option: EChartsOption
  label: string
  onPick?: ((index: number) => void) | undefined
}

const stillness = (): EChartsOption => (isStill() ? { animation: false } : {})

export default function Canvas({ option, label, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<Drawn | null>(null)
  const pick = useRef(onPick)
  pick.current = onPick

  useEffect(() => {
    const element = box.current as HTMLDivElement
    const drawn = init(element, undefined, { renderer: 'canvas' })
    chart.current = drawn
    drawn.on('click', ({ dataIndex }) => pick.current?.(dataIndex))
    drawn.on('finished', () => {
      element.dataset['drawn'] = 'true'
    })
    const size = new ResizeObserver(() => drawn.resize())
    size.observe(element)
    return () => {
      size.disconnect()
      drawn.dispose()
    }
  }, [])

  useEffect(() => chart.current?.setOption({ ...option, ...stillness() }, { notMerge: true, lazyUpdate: true }), [option])

  return <div ref={box} className="chart" role="img" aria-label={label} data-pick={onPick ? '' : undefined} />
}
