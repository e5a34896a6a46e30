import { Modal } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useTexts } from '../../shared/i18n'
import { recordWords } from './words'

const BASE = '/work'

const staysOpen = (link: HTMLAnchorElement): boolean =>
  link.target === '_blank' ||
  link.origin !== location.origin ||
  link.hasAttribute('download') ||
  Boolean(link.getAttribute('href')?.startsWith('#'))

/** Asks before a link or a closed window throws away what was typed. Gives the question, to be drawn with the form. */
export function useLeaveGuard(dirty: boolean): ReactNode {
  const t = useTexts(recordWords)
  const go = useNavigate()
  const [wanted, setWanted] = useState<HTMLAnchorElement | null>(null)
  useEffect(() => {
    if (!dirty) return
    const closing = (event: BeforeUnloadEvent) => event.preventDefault()
    const leaving = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || staysOpen(link)) return
      event.preventDefault()
      event.stopPropagation()
      setWanted(link)
    }
    addEventListener('beforeunload', closing)
    document.addEventListener('click', leaving, true)
    return () => {
      removeEventListener('beforeunload', closing)
      document.removeEventListener('click', leaving, true)
    }
  }, [dirty])
  const leave = () => {
    if (!wanted) return
    if (wanted.pathname.startsWith(BASE)) void go(wanted.pathname.slice(BASE.length) + wanted.search)
    else location.assign(wanted.href)
  }
  return (
    <Modal
      open={wanted !== null}
      title={t('unsaved')}
      okText={t('leave')}
      cancelText={t('stay')}
      onOk={leave}
      onCancel={() => setWanted(null)}
      width={420}
    />
  )
}
