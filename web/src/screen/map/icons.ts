/** Point symbols drawn on a canvas: a status or a level is a shape first, a colour second. */
import type { Map as GLMap } from 'maplibre-gl'
import type { Status } from '../../shared/spec'
import type { Palette } from './palette'

const SIDE = 44
type Shape = 'circle' | 'triangle' | 'diamond' | 'square'

const SHAPES: Record<Status, Shape> = {
  ok: 'circle',
  watch: 'triangle',
  breach: 'diamond',
  stale: 'square',
  awaiting: 'circle',
  absent: 'circle',
  none: 'circle',
}
const LEVELS: readonly Shape[] = ['diamond', 'triangle', 'square', 'circle']
const CORNERS: Record<Exclude<Shape, 'circle'>, [number, number][]> = {
  triangle: [
    [0, -15],
    [15, 11],
    [-15, 11],
  ],
  diamond: [
    [0, -16],
    [16, 0],
    [0, 16],
    [-16, 0],
  ],
  square: [
    [-11, -11],
    [11, -11],
    [11, 11],
    [-11, 11],
  ],
}

function trace(pen: CanvasRenderingContext2D, shape: Shape): void {
  pen.beginPath()
  if (shape === 'circle') {
    pen.arc(0, 0, 9, 0, 7)
    return
  }
  CORNERS[shape].forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)))
  pen.closePath()
}

interface Look {
  shape: Shape
  fill: string
  edge: string
  numeral?: string
  hollow?: boolean
}

function drawn({ shape, fill, edge, numeral, hollow }: Look): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = SIDE
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D
  pen.translate(SIDE / 2, SIDE / 2)
  trace(pen, shape)
  pen.lineJoin = 'round'
  pen.lineWidth = 5
  pen.strokeStyle = edge
  pen.stroke()
  pen.fillStyle = hollow ? edge : fill
  pen.fill()
  if (hollow) {
    pen.lineWidth = 3
    pen.setLineDash([5, 4])
    pen.strokeStyle = fill
    pen.stroke()
  }
  if (numeral) write(pen, numeral, edge, shape === 'triangle' ? 3 : 1)
  return pen.getImageData(0, 0, SIDE, SIDE)
}

function write(pen: CanvasRenderingContext2D, numeral: string, colour: string, down: number): void {
  pen.fillStyle = colour
  pen.font = '700 17px sans-serif'
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(numeral, 0, down)
}

/** Put all symbols into the map, or replace them after a change of theme. */
export function addIcons(map: GLMap, palette: Palette): void {
  const put = (name: string, image: ImageData) =>
    map.hasImage(name) ? map.updateImage(name, image) : map.addImage(name, image, { pixelRatio: 2 })
  for (const [status, shape] of Object.entries(SHAPES) as [Status, Shape][]) {
    put(
      `status-${status}`,
      drawn({ shape, fill: palette.status[status], edge: palette.halo, hollow: ['stale', 'awaiting', 'absent'].includes(status) }),
    )
  }
  LEVELS.forEach((shape, index) =>
    put(`level-${index + 1}`, drawn({ shape, fill: palette.levels[index] as string, edge: palette.halo, numeral: String(index + 1) })),
  )
}
