/** The button that locates the phone, and the reason in words when that does not work. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { Icon } from '../parts/Icon'
import { setHome, type Home } from './home'
import { locate, whyNoLocating, type NotLocated } from './locate'
import type { Point } from './shapes'

const words = texts({
  locate: ['用手机定位', 'Locate me'],
  locating: ['正在定位…', 'Locating…'],
  insecure: ['这个网址没有加密，手机不允许定位。请自己选社区。', 'This address is not encrypted, so the phone may not locate. Please choose a community.'],
  unsupported: ['这部手机的浏览器不能定位。请自己选社区。', 'This browser cannot locate. Please choose a community.'],
  denied: ['没有得到定位许可。可以自己选社区，或在浏览器设置里允许定位。', 'Locating was not allowed. Choose a community, or allow it in the browser settings.'],
  unavailable: ['暂时定不到位置。请自己选社区。', 'The position is not available now. Please choose a community.'],
  timeout: ['定位太久没有结果。请再试一次，或自己选社区。', 'Locating took too long. Try again, or choose a community.'],
  outside: ['您现在不在河西区内。可以选一个想看的社区。', 'You are outside the district now. Choose a community you want to see.'],
})
type Trouble = NotLocated | 'outside'

/** What finds the community comes when somebody asks for it; without a network it may not. */
const homeAt = async (point: Point): Promise<Home | null> => (await import('./homeAt')).homeAt(point)

export function LocateButton({ onLocated }: { onLocated?: () => void }) {
  const t = useTexts(words)
  const [state, setState] = useState<'idle' | 'locating' | Trouble>(whyNoLocating() ?? 'idle')
  const start = async () => {
    setState('locating')
    const point = await locate()
    if (typeof point === 'string') return setState(point)
    const home = await homeAt(point).catch(() => 'unavailable' as const)
    if (!home || home === 'unavailable') return setState(home ?? 'outside')
    setState('idle')
    setHome(home)
    onLocated?.()
  }
  const possible = state !== 'insecure' && state !== 'unsupported'
  return (
    <>
      {possible && (
        <button type="button" className="button primary" aria-disabled={state === 'locating'} onClick={() => void (state !== 'locating' && start())}>
          <Icon name="pin" />{t(state === 'locating' ? 'locating' : 'locate')}
        </button>
      )}
      {state !== 'idle' && state !== 'locating' && <p className="note" role="status">{t(state)}</p>}
    </>
  )
}
