/** Tabs as the ARIA pattern describes them: arrows move, one tab stop. */
import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import './tabs.css'

export interface TabOf {
  key: string
  label: ReactNode
  content: () => ReactNode
}

export function Tabs({ tabs, current, name, onChange }: { tabs: TabOf[]; current: string; name: string; onChange: (key: string) => void }) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === current),
  )
  const shown = tabs[at]
  const moved = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by) return
    event.preventDefault()
    const next = (at + by + tabs.length) % tabs.length
    onChange(tabs[next]!.key)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus()
  }
  return (
    <>
      <div role="tablist" aria-label={name} className="tabs" ref={list} onKeyDown={moved}>
        {tabs.map((tab, index) => (
          <button
            type="button"
            role="tab"
            key={tab.key}
            id={`${id}-${tab.key}`}
            aria-selected={index === at}
            aria-controls={`${id}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {shown && (
        <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown.key}`} className="tab-panel">
          {shown.content()}
        </div>
      )}
    </>
  )
}
