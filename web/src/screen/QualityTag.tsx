/** The permanent tag that says when figures or geometry on view are samples or generated. */
import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { texts, useTexts } from '../shared/i18n'
import { useSession } from '../shared/session'
import type { Quality } from '../shared/spec'

const words = texts({
  sample: ['示例数据', 'Sample data'],
  simulated: ['含模拟数据', 'Partly simulated readings'],
  generated: ['含生成数据', 'Partly generated data'],
  demo: ['演示数据', 'Demo data'],
  about: [
    '页面上的部分数据不是真实采集的，面板右上角注明各自来源',
    'Some data on this page was not collected in the field; each panel names its source',
  ],
})

type Tagged = 'simulated' | 'sample' | 'generated' | ''
const qualityOf = (data: unknown): Quality | undefined => (data as { quality?: Quality } | undefined)?.quality

/** The weakest quality among the answers on view. */
function useWeakest(): Tagged {
  const cache = useQueryClient().getQueryCache()
  return useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => {
      const found = cache
        .getAll()
        .filter((query) => query.isActive())
        .map((query) => qualityOf(query.state.data))
      return found.includes('simulated') ? 'simulated' : found.includes('sample') ? 'sample' : found.includes('generated') ? 'generated' : ''
    },
  )
}

export function QualityTag() {
  const t = useTexts(words)
  const demo = useSession().data?.demo
  const weakest = useWeakest()
  const tag = weakest || (demo ? 'demo' : '')
  return tag ? (
    <span className="tag" title={t('about')}>
      {t(tag)}
    </span>
  ) : null
}
