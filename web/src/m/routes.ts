/** The pages of the phone entry, their addresses, and moving between them without a reload. */
import { useSyncExternalStore } from 'react'

export type Route =
  | { page: 'near' }
  | { page: 'place' }
  | { page: 'project'; id: string }
  | { page: 'say'; id: string }
  | { page: 'pick' }
  | { page: 'programme' }
  | { page: 'district' }
  | { page: 'mine' }
  | { page: 'report' }
  | { page: 'cases' }
  | { page: 'case'; id: string }
  | { page: 'work' }
  | { page: 'tour' }
  | { page: 'card'; id: string }
  | { page: 'stop'; round: string; id: string }
  | { page: 'slip'; id: string }
  /** Of a case that this phone follows; without one by the link or the account. */
  | { page: 'looks'; id: string }
  /** What stands within a walk: `of` is what is looked for, empty for the first that there is. */
  | { page: 'nearby'; of: string }
  | { page: 'outlet'; of: string; id: string }
  | { page: 'wish'; of: string }
  | { page: 'lost' }

const ROOT = '/m'
/** The key of something that a room declares. */
const KEY = /^[a-z]\w*$/
const PLAIN = ['place', 'pick', 'programme', 'district', 'mine', 'report', 'cases', 'work', 'tour'] as const

export function routeOf(path: string): Route {
  const [first = '', id = '', last = ''] = path.replace(/^\/m(\.html)?(?=\/|$)/, '').split('/').filter(Boolean)
  if (!first) return { page: 'near' }
  const plain = PLAIN.find((page) => page === first)
  if (plain && !id) return { page: plain }
  if (first === 'cases' && /^[\w-]{3,24}$/.test(id) && !last) return { page: 'case', id }
  if (first === 'work' && /^\d+$/.test(id) && !last) return { page: 'card', id }
  if (first === 'work' && KEY.test(id) && /^\d+$/.test(last)) return { page: 'stop', round: id, id: last }
  if (first === 'slip' && KEY.test(id) && !last) return { page: 'slip', id }
  if (first === 'looks' && /^[\w-]{0,24}$/.test(id) && !last) return { page: 'looks', id }
  if (first === 'nearby') return nearbyOf(id, last)
  if (first !== 'project' || !/^\d+$/.test(id)) return { page: 'lost' }
  if (!last) return { page: 'project', id }
  return last === 'say' ? { page: 'say', id } : { page: 'lost' }
}

function nearbyOf(of: string, last: string): Route {
  if (of && !KEY.test(of)) return { page: 'lost' }
  if (!last) return { page: 'nearby', of }
  if (last === 'wish') return { page: 'wish', of }
  return /^\d+$/.test(last) ? { page: 'outlet', of, id: last } : { page: 'lost' }
}

export function pathOf(route: Route): string {
  if (route.page === 'near' || route.page === 'lost') return `${ROOT}/`
  if (route.page === 'project') return `${ROOT}/project/${route.id}`
  if (route.page === 'say') return `${ROOT}/project/${route.id}/say`
  if (route.page === 'case') return `${ROOT}/cases/${route.id}`
  if (route.page === 'card') return `${ROOT}/work/${route.id}`
  if (route.page === 'stop') return `${ROOT}/work/${route.round}/${route.id}`
  if (route.page === 'slip') return `${ROOT}/slip/${route.id}`
  if (route.page === 'looks') return `${ROOT}/looks${route.id && `/${route.id}`}`
  if (route.page === 'nearby') return `${ROOT}/nearby${route.of && `/${route.of}`}`
  if (route.page === 'outlet') return `${ROOT}/nearby/${route.of}/${route.id}`
  if (route.page === 'wish') return `${ROOT}/nearby/${route.of}/wish`
  return `${ROOT}/${route.page}`
}

const listeners = new Set<() => void>()

function tell(): void {
  listeners.forEach((listener) => listener())
}

/** How many pages deep we are: 0 means that "back" would leave the entry. */
function depth(): number {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'depth' in state && typeof state.depth === 'number' ? state.depth : 0
}

/** The box that scrolls: the bars stay outside it, so that they never cover what has the focus. */
const box = (): HTMLElement | null => document.getElementById('main')

export function go(route: Route): void {
  history.replaceState({ depth: depth(), top: box()?.scrollTop ?? 0 }, '')
  history.pushState({ depth: depth() + 1, top: 0 }, '', pathOf(route))
  tell()
}

/** Shows the page where it was left; to be called once it is drawn. */
export function restoreScroll(): void {
  const state: unknown = history.state
  const top = typeof state === 'object' && state !== null && 'top' in state && typeof state.top === 'number' ? state.top : 0
  const main = box()
  if (main) main.scrollTop = top
}

/** Back to where the reader came from, or to the page above when this one was opened directly. */
export function back(above: Route): void {
  if (depth() > 0) history.back()
  else {
    history.replaceState({ depth: 0 }, '', pathOf(above))
    tell()
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => location.pathname))
}
