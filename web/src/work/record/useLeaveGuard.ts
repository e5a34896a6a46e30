import { App } from 'antd'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { recordWords } from './words'

const BASE = '/work'

/** Asks before a link or a closed window throws away what was typed. */
export function useLeaveGuard(dirty: boolean): void {
  const t = useTexts(recordWords)
  const go = useNavigate()
  const { modal } = App.useApp()
  useEffect(() => {
    if (!dirty) return
    const closing = (event: BeforeUnloadEvent) => event.preventDefault()
    const leaving = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target === '_blank' || link.origin !== location.origin || link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#')) return
      event.preventDefault()
      event.stopPropagation()
      const inside = link.pathname.startsWith(BASE)
      void modal.confirm({
        title: t('unsaved'), okText: t('leave'), cancelText: t('stay'),
        onOk: () => (inside ? void go(link.pathname.slice(BASE.length) + link.search) : location.assign(link.href)),
      })
    }
    addEventListener('beforeunload', closing)
    document.addEventListener('click', leaving, true)
    return () => { removeEventListener('beforeunload', closing); document.removeEventListener('click', leaving, true) }
  }, [dirty, go, modal, t])
}
