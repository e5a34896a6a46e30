/** Who looked at what is hidden of me: by the secret behind the # of the address, by a case that this phone follows, or signed in. */
import { useCallback, useEffect, useState } from 'react'
import { Problem } from '../../shared/api'
import { texts, useTexts } from '../../shared/i18n'
import { Skeleton } from '../../shared/States'
import { useLook } from '../../shared/theme'
import { myCase } from '../cases/mine'
import { keepLooks, looksOf, type Looks } from '../data/looks'
import { onReturn } from '../device/reach'
import { useAlone } from '../frame/alone'
import { ReadAloud } from '../parts/ReadAloud'
import '../style/cases.css'
import '../style/work.css'
import { LookCard } from './LookCard'

const words = texts({
  title: ['谁查看过我的信息', 'Who looked at my data'],
  what: [
    '姓名、电话、证件号码等平时是隐去的。工作人员写明用途查看一次，这里就有一条。有疑问可以直接问，由查看的单位答复。',
    'Names, telephone and identity numbers are hidden. Each time somebody states a purpose and looks, it stands here. Ask if you have doubts: the office that looked answers.',
  ],
  not: ['本来就负责您这一片、日常能看到的工作人员，不在此列。', 'Staff who see it every day because of their post are not listed.'],
  none: ['到现在没有人查看过。', 'Nobody has looked so far.'],
  count: ['共 {n} 次', '{n} looks'],
  keep: ['登录后随时能看', 'See this whenever I sign in'],
  keepWhy: ['您已登录。保存后，不用这个链接也能看。', 'You are signed in. Once kept, you need no link.'],
  kept: ['已保存。以后登录就能看。', 'Kept. From now on signing in is enough.'],
  stop: ['。', '. '],
  offline: ['现在没有网络，打不开。有网后会自动打开。', 'There is no network now. It opens by itself once there is one.'],
  failed: ['暂时打不开，请稍后再试。', 'It cannot be opened now. Please try later.'],
})

/** Of the case that the address names, or as the address has it. */
async function secretOf(id: string): Promise<string> {
  return id ? ((await myCase(id))?.secret ?? '') : location.hash.slice(1)
}

export function LooksPage({ id }: { id: string }) {
  const [secret, setSecret] = useState<string | null>(null)
  useEffect(() => {
    const read = () => void secretOf(id).then(setSecret, () => setSecret(''))
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [id])
  useAlone('data-tabless', useLook((look) => look.elder !== null) && !id && Boolean(secret))
  return secret === null ? <Skeleton lines={5} height="3.5rem" /> : <Opened key={secret} secret={secret} />
}

function Opened({ secret }: { secret: string }) {
  const t = useTexts(words)
  const [looks, setLooks] = useState<Looks | null>(null)
  const [fault, setFault] = useState<Problem | null>(null)
  const again = useCallback(() => {
    looksOf(secret).then((found) => { setLooks(found); setFault(null) }, (error: unknown) => setFault(error instanceof Problem ? error : new Problem(500, {})))
  }, [secret])
  useEffect(() => {
    again()
    return onReturn(again)
  }, [again])
  if (looks) return <View looks={looks} secret={secret} again={again} />
  if (!fault) return <Skeleton lines={5} height="3.5rem" />
  return (
    <>
      <Head />
      <p className="note" role="alert">{fault.status === 404 ? [fault.message, fault.todo].filter(Boolean).join(t('stop')) : t(fault.status === 0 ? 'offline' : 'failed')}</p>
    </>
  )
}

function Head({ count }: { count?: number }) {
  const t = useTexts(words)
  const said = count === undefined ? '' : count === 0 ? t('none') : t('count', { n: count })
  return (
    <section className="card project-head" aria-labelledby="looks-title">
      <h2 id="looks-title">{t('title')}</h2>
      {said && <p><b>{said}</b></p>}
      <p>{t('what')}</p>
      <p className="hint">{t('not')}</p>
      <ReadAloud text={[t('title'), said, t('what'), t('not')].filter(Boolean).join(t('stop'))} />
    </section>
  )
}

function View({ looks, secret, again }: { looks: Looks; secret: string; again: () => void }) {
  return (
    <>
      <Head count={looks.rows.length} />
      <Keep looks={looks} secret={secret} />
      {looks.rows.map((look) => <LookCard key={look.look} look={look} secret={secret} again={again} />)}
    </>
  )
}

function Keep({ looks, secret }: { looks: Looks; secret: string }) {
  const t = useTexts(words)
  const [state, setState] = useState<'open' | 'kept' | 'failed'>('open')
  if (state === 'kept') return <p className="note" role="status">{t('kept')}</p>
  if (!looks.may_keep) return null
  return (
    <section className="card work-form">
      <p>{t('keepWhy')}</p>
      {state === 'failed' && <p className="fault" role="alert">{t('failed')}</p>}
      <button type="button" className="button wide" onClick={() => void keepLooks(secret).then(() => setState('kept'), () => setState('failed'))}>{t('keep')}</button>
    </section>
  )
}
