/** Choosing a point on the drawn map: by touch, or by the four buttons that move it. */
import { useState } from 'react'
import { texts, useTexts } from '../../shared/i18n'
import { GroundMap } from './GroundMap'
import { moved } from './mapFrame'
import type { Point } from './shapes'

const words = texts({
  map: ['示意地图：点一下选位置', 'Sketch map: touch to choose the place'],
  how: ['点一下图上的位置，也可以用下面的按钮移动。', 'Touch the place, or move it with the buttons.'],
  north: ['往北 {m} 米', '{m} m north'], south: ['往南 {m} 米', '{m} m south'], west: ['往西 {m} 米', '{m} m west'], east: ['往东 {m} 米', '{m} m east'],
  closer: ['放大', 'Closer'], farther: ['缩小', 'Farther'],
  use: ['就是这里', 'This is the place'],
  sketch: ['底图是程序生成的示意图，不是测绘图。', 'The ground is a sketch made by a program, not a survey.'],
})
const STEPS = { north: [0, 1], south: [0, -1], west: [-1, 0], east: [1, 0] } as const
const [CLOSEST_M, WIDEST_M] = [200, 6400]
const START_M = 800

export function MapPick({ start, onPick }: { start: Point; onPick: (point: Point) => void }) {
  const t = useTexts(words)
  const [point, setPoint] = useState(start)
  const [width_m, setWidth] = useState(START_M)
  const step = Math.round(width_m / 20)
  return (
    <div className="map-pick">
      <p className="hint">{t('how')}</p>
      <GroundMap center={point} width_m={width_m} marks={[{ key: 'pin', at: point, label: '', tone: 'pin' }]} label={t('map')} onPick={setPoint} />
      <div className="buttons four">
        {(Object.keys(STEPS) as (keyof typeof STEPS)[]).map((way) => (
          <button key={way} type="button" className="button" onClick={() => setPoint(moved(point, STEPS[way][0] * step, STEPS[way][1] * step))}>{t(way, { m: step })}</button>
        ))}
        <button type="button" className="button" onClick={() => setWidth(Math.max(CLOSEST_M, width_m / 2))}>{t('closer')}</button>
        <button type="button" className="button" onClick={() => setWidth(Math.min(WIDEST_M, width_m * 2))}>{t('farther')}</button>
      </div>
      <button type="button" className="button primary wide" onClick={() => onPick(point)}>{t('use')}</button>
      <p className="hint">{t('sketch')}</p>
    </div>
  )
}
