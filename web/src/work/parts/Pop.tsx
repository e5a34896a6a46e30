/** A button that opens a small panel beneath it: a plain disclosure that keyboard and screen reader understand. */
import { DownOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import './pop.css'

interface PopOf {
  label: ReactNode
  name: string
  children: (close: () => void) => ReactNode
  active?: boolean
  type?: 'default' | 'primary' | 'text'
  icon?: ReactNode
  wide?: boolean
  id?: string
  describedBy?: string
  invalid?: boolean
}

const FOCUSABLE = 'input:not([disabled]), button:not([disabled]), a[href], select, textarea, [tabindex="0"]'

/** Moves the panel to the left as far as the window asks, and the focus to its first control, once that is there. */
function useInside(open: boolean) {
  const panel = useRef<HTMLDivElement>(null)
  const [shift, setShift] = useState(0)
  useLayoutEffect(() => {
    const box = open ? panel.current?.getBoundingClientRect() : undefined
    setShift(box ? Math.min(0, document.documentElement.clientWidth - 12 - box.right) : 0)
    if (!open || !panel.current) return
    const enter = () => panel.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus({ preventScroll: true })
    enter()
    if (panel.current.contains(document.activeElement)) return
    const later = new MutationObserver(() => {
      enter()
      if (panel.current?.contains(document.activeElement)) later.disconnect()
    })
    later.observe(panel.current, { childList: true, subtree: true })
    return () => later.disconnect()
  }, [open])
  return { panel, shift }
}

export function Pop({
  label,
  name,
  children,
  active = false,
  type = 'default',
  icon,
  wide = false,
  id: buttonId,
  describedBy,
  invalid,
}: PopOf) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const { panel, shift } = useInside(open)

  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const escape = (event: KeyboardEvent) => {
    if (open && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }
  const left = (event: React.FocusEvent) => {
    if (open && event.relatedTarget && !root.current?.contains(event.relatedTarget)) setOpen(false)
  }
  return (
    <div className="pop" ref={root} onKeyDown={escape} onBlur={left}>
      <Button
        ref={button}
        id={buttonId}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        type={type}
        icon={icon}
        data-active={active || undefined}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {label}
        <DownOutlined className="pop-arrow" aria-hidden="true" />
      </Button>
      {open && (
        <div
          className="pop-panel"
          data-wide={wide || undefined}
          id={id}
          role="dialog"
          // A press on plain words inside lands here, and not on the page behind, which would count as leaving.
          tabIndex={-1}
          aria-label={name}
          ref={panel}
          style={{ translate: `${shift}px 0` }}
        >
          {children(close)}
        </div>
      )}
    </div>
  )
}
