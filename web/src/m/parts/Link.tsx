/** A link between pages of the phone entry: a real address, so it can be opened in a new tab or shared. */
import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { go, pathOf, type Route } from '../routes'

type Props = AnchorHTMLAttributes<HTMLAnchorElement> & { to: Route }

const plainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

export function Link({ to, onClick, ...rest }: Props) {
  return (
    <a
      {...rest}
      href={pathOf(to)}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || !plainClick(event)) return
        event.preventDefault()
        go(to)
      }}
    />
  )
}
