import { Button, type ButtonProps } from 'antd'
import type { MouseEvent } from 'react'
import { useHref, useNavigate } from 'react-router'

type LinkButtonOf = Omit<ButtonProps, 'href' | 'onClick'> & { to: string }

/** A link that looks like a button: it can be opened in a new tab, copied and named by a screen reader as what it is. */
export function LinkButton({ to, ...button }: LinkButtonOf) {
  const href = useHref(to)
  const go = useNavigate()
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void go(to)
  }
  return <Button {...button} href={href} onClick={follow} />
}
