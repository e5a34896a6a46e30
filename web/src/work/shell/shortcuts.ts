/** Single-key shortcuts; they can be switched off, since speech input and unsteady hands set them off by accident (WCAG 2.1.4). */
import { useEffect, useRef } from 'react'
import { create } from 'zustand'

const KEPT = 'hexi_shortcuts'

function start(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true
  }
}

/** A key of the page on view, and what it does in words. */
export type PageKey = readonly [key: string, words: string]

/** `from` had the focus when the help was opened, and gets it back. */
export const useShortcuts = create<{ on: boolean; help: boolean; from: HTMLElement | null; more: PageKey[] }>(() => ({ on: start(), help: false, from: null, more: [] }))

export function setShortcuts(on: boolean): void {
  try {
    localStorage.setItem(KEPT, on ? 'on' : 'off')
  } catch {
    /* kept for this page only */
  }
  useShortcuts.setState({ on })
}

export const showShortcuts = (help: boolean): void =>
  useShortcuts.setState(help && document.activeElement instanceof HTMLElement ? { help, from: document.activeElement } : { help })

/** The help names the keys of this page too, as long as it is on view. */
export function usePageKeys(keys: PageKey[]): void {
  const said = JSON.stringify(keys)
  useEffect(() => {
    useShortcuts.setState({ more: JSON.parse(said) as PageKey[] })
    return () => useShortcuts.setState({ more: [] })
  }, [said])
}

/** Somebody is typing, or a dialog has the floor. */
function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return true
  const element = target instanceof HTMLElement ? target : null
  return Boolean(element?.closest('input, textarea, select, [contenteditable="true"], [role="combobox"], [role="listbox"]'))
}

/** Calls `act` when the key is pressed outside of fields and dialogs. */
export function useKey(key: string, act: (() => void) | undefined): void {
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  const on = useShortcuts((state) => state.on)
  const wanted = act !== undefined
  useEffect(() => {
    if (!wanted || (!on && key !== 'Escape')) return
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return
      event.preventDefault()
      latest.current?.()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [key, on, wanted])
}
