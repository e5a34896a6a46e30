/** Where the list of a control opens, so that it never lies over the buttons that stand below the form. */
export interface Room {
  placement: 'bottomLeft' | 'topLeft'
  listHeight: number
}
interface Lines {
  top: number
  bottom: number
}

const USUAL = 256
const ROW = 32
const FEW_ROWS = 4 * ROW
const GAP = 16

/** Below the control where a few rows fit above `end`, else on the roomier side; never taller than that side. */
export function roomFor(control: Lines, end: number): Room {
  const [below, above] = [end - control.bottom - GAP, control.top - GAP]
  const isBelow = below >= FEW_ROWS || below >= above
  return { placement: isBelow ? 'bottomLeft' : 'topLeft', listHeight: Math.max(ROW, Math.min(USUAL, isBelow ? below : above)) }
}

/** The room of a control on the page: to the buttons of its dialog, or to the end of the window. */
export function roomOf(control: Element): Room {
  const footer = control.closest('.ant-modal')?.querySelector('.ant-modal-footer')
  const end = footer?.getBoundingClientRect().top ?? Infinity
  return roomFor(control.getBoundingClientRect(), Math.min(end, globalThis.innerHeight))
}
