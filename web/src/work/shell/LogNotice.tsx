/** Tells those who run the platform that its public log is in trouble: nothing is signed, or no witness signs. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api'
import { useSaid, useTexts } from '../../shared/i18n'
import type { Account, Label } from '../../shared/spec'
import { Mark } from '../../shared/Status'
import { shellWords } from './words'

const RUN_IT = ['administrator', 'auditor']
const EVERY_MS = 60_000

interface LogState {
  trouble: string
  trouble_label: Label | null
  /** The whole of it, for whoever may mend it. */
  told: Label | null
}

export function LogNotice({ account }: { account: Account }) {
  const t = useTexts(shellWords)
  const said = useSaid()
  const log = useQuery({
    queryKey: ['ledger'],
    queryFn: ({ signal }) => api.get<LogState>('/api/ledger', {}, signal),
    enabled: account.posts.some((post) => RUN_IT.includes(post.role)),
    refetchInterval: EVERY_MS,
  })
  if (!log.data?.trouble) return null
  return (
    <p className="notice" role="status">
      <Mark status="watch" />
      <span>
        {t('log')}
        {said(log.data.told ?? log.data.trouble_label)}
      </span>
    </p>
  )
}
