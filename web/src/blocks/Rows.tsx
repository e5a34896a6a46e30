/** Rows in a box: only whole ones are on view, and what lies below says so and can be reached by one press. */
import { useEffect, useRef, useState, type HTMLAttributes, type ReactNode, type RefObject } from 'react'
import { texts, useTexts } from '../shared/i18n'
import { isStill } from '../shared/motion'
import { remNow } from '../shared/rem'
import { cutAt, type Ends } from './cut'
import { useRoom } from './useRoom'

const words = texts({ more: ['下面还有 {n} 行', '{n} more below'], top: ['回到开头', 'Back to the start'] })
/** Its target of 24 px, less what it may reach into the margin below. */
const FOOT_PX = 18

const rowEnds: Ends = (list) => [...new Set([...list.children].map((row) => bottomIn(list, row.getBoundingClientRect())))]

/** Where the lines of a running text end. */
export const lineEnds: Ends = (list) => {
  const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  const ends = new Set<number>()
  while (walker.nextNode()) {
    range.selectNodeContents(walker.currentNode)
    for (const box of range.getClientRects()) ends.add(Math.ceil(bottomIn(list, box)))
  }
  return [...ends].sort((a, b) => a - b)
}

/** How far below the top of all that the list holds a box of it ends. */
export const bottomIn = (list: HTMLElement, box: DOMRect): number => box.bottom - list.getBoundingClientRect().top + list.scrollTop

interface Props extends HTMLAttributes<HTMLElement> {
  as?: 'ol' | 'div'
  /** The box that the rows are in, for those who want to know how large it is. */
  box?: RefObject<HTMLDivElement | null>
  ends?: Ends
  children: ReactNode
}

/** How high the list may be so that it ends with a whole row; null when all of it fits. */
function useCut(box: RefObject<HTMLElement | null>, list: RefObject<HTMLElement | null>, ends: Ends, children: ReactNode): number | null {
  const room = useRoom(box)
  const [cut, setCut] = useState<number | null>(null)
  useEffect(() => {
    if (room && list.current) setCut(cutAt(ends(list.current), room.height, FOOT_PX * Math.max(1, remNow())))
  }, [room, list, ends, children])
  return cut
}

/** How many rows are below what is on view. */
function useBelow(list: RefObject<HTMLElement | null>, ends: Ends, cut: number | null): number {
  const [below, setBelow] = useState(0)
  useEffect(() => {
    const element = list.current
    if (!element || cut === null) return undefined
    const count = () => setBelow(ends(element).filter((end) => end > element.scrollTop + element.clientHeight + 1).length)
    count()
    element.addEventListener('scroll', count, { passive: true })
    return () => element.removeEventListener('scroll', count)
  }, [list, ends, cut])
  return below
}

export function Rows({ as: List = 'ol', box: outer, ends = rowEnds, children, className = '', style, ...more }: Props) {
  const t = useTexts(words)
  const own = useRef<HTMLDivElement>(null)
  const box = outer ?? own
  const list = useRef<HTMLElement>(null)
  const cut = useCut(box, list, ends, children)
  const below = useBelow(list, ends, cut)
  const turn = () => {
    const element = list.current as HTMLElement
    const page = element.clientHeight - (parseFloat(getComputedStyle(element).scrollPaddingTop) || 0) // less the head that stays on view
    element.scrollTo({ top: below ? element.scrollTop + page : 0, behavior: isStill() ? 'auto' : 'smooth' })
  }
  return (
    <div className="rows" ref={box}>
      <List
        {...more}
        ref={list as RefObject<HTMLOListElement & HTMLDivElement>}
        className={`rows-list ${className}`}
        tabIndex={cut === null ? more.tabIndex : 0}
        style={cut === null ? style : { ...style, flex: 'none', height: cut }}
      >
        {children}
      </List>
      {cut !== null && (
        <button type="button" className="rows-more" onClick={turn}>
          {below ? `↓ ${t('more', { n: below })}` : `↑ ${t('top')}`}
        </button>
      )}
    </div>
  )
}
