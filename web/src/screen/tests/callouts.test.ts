import { describe, expect, it } from 'vitest'
import { apart, type Frame, type Offset, type Told } from '../map/callouts'

const FRAME: Frame = { width: 1000, height: 700 }
const told = (x: number, y: number): Told => ({ at: [x, y], width: 230, height: 90 })
const overlaps = (all: readonly Told[], offsets: readonly Offset[]): number => {
  const boxes = all.map(({ at: [x, y], width, height }, index) => {
    const [right, down] = offsets[index] as Offset
    return { left: x + right, top: y + down - height, right: x + right + width, bottom: y + down }
  })
  return boxes.flatMap((one, index) => boxes.slice(index + 1).filter((other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom)).length
}

describe('what is told of calls near each other', () => {
  it('stands above and to the right of a point that is alone', () => {
    expect(apart([told(400, 400)], FRAME)).toEqual([[0, -14]])
  })
  it.each([1, 2, 3, 4, 6])('hides nothing where %i calls come from one house', (count) => {
    const all = Array.from({ length: count }, () => told(400, 350))
    expect(overlaps(all, apart(all, FRAME))).toBe(0)
  })
  it('stays beside its point where the map ends above and the points are some pixels apart', () => {
    const all = [told(400, 60), told(398, 61), told(401, 63)]
    const offsets = apart(all, FRAME)
    expect([overlaps(all, offsets), offsets.slice(0, 2)]).toEqual([0, [[0, 104], [-244, 104]]])
  })
  it('leaves the first where it was when others come beside it', () => {
    expect(apart([told(400, 400), told(420, 390)], FRAME)[0]).toEqual([0, -14])
  })
  it('stays within the map at each of its corners', () => {
    for (const [x, y] of [[10, 10], [990, 10], [10, 690], [990, 690]] as const) {
      const [[right, down]] = apart([told(x, y)], FRAME) as [Offset]
      expect([x + right >= 0, x + right + 230 <= 1000, y + down - 90 >= 0, y + down <= 700]).toEqual([true, true, true, true])
    }
  })
})
