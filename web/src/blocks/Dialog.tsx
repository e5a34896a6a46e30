/** A modal dialog on the browser's own element: it holds the focus and closes by Esc. */
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import { texts, useTexts } from '../shared/i18n'

const words = texts({ close: ['关闭', 'Close'] })

export function Dialog({ title, children, onClose }: { title: string; children: ReactNode; onClose: () => void }) {
  const t = useTexts(words)
  const name = useId()
  const box = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = box.current as HTMLDialogElement
    dialog.showModal()
    return () => dialog.close()
  }, [])
  return createPortal(
    <dialog
      ref={box}
      className="dialog"
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === box.current) onClose()
      }}
    >
      <div className="dialog-body">
        <header>
          <h2 id={name}>{title}</h2>
          <button type="button" onClick={onClose}>
            {t('close')}
          </button>
        </header>
        {children}
      </div>
    </dialog>,
    document.body,
  )
}
